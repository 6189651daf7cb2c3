package format

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"circascope/actigraphy"
)

// ErrCompanion is the error of a file that holds no recording of its own and is
// read together with another one beside it: it was taken up, not refused.
var ErrCompanion = errors.New("taken up, not refused")

// Companion is the ErrCompanion of a file whose data go into the recordings of
// another, whose notes name it.
type Companion struct{ Of string } // path of that file

func (*Companion) Error() string { return ErrCompanion.Error() }

// Is makes it an ErrCompanion.
func (*Companion) Is(target error) bool { return target == ErrCompanion }

// Detect returns the reader for the file. Where there is none the error wraps
// actigraphy.ErrFormat and says what the file seems to be.
func Detect(readers []Reader, in *Input) (Reader, error) {
	if e := recognise(in); e != nil {
		for _, r := range readers {
			if e.reader != "" && r.Format().ID == e.reader {
				return r, nil
			}
		}
		return nil, e.refusal(in)
	}
	for _, r := range readers {
		if r.Sniff(in.Head) {
			return r, nil
		}
	}
	return nil, &actigraphy.FileError{
		File: in.Path, Expected: "an activity recording", Found: "a text that no reader knows",
		Advice: "export it as CSV with a column of times and a column of activity", Err: actigraphy.ErrFormat,
	}
}

// Read opens a file, finds its reader and hands every recording in it to emit,
// checked and complete with its source. progress may be nil; it counts the bytes
// of the file, as often as the reader goes through them.
func Read(
	ctx context.Context, readers []Reader, path string, opts Options,
	progress func(done, total int64), emit func(*actigraphy.Recording) error,
) (err error) {
	in, err := Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return ReadInput(ctx, readers, in, opts, progress, emit)
}

// ReadInput is Read for an input that is open already, and that stays open.
func ReadInput(
	ctx context.Context, readers []Reader, in *Input, opts Options,
	progress func(done, total int64), emit func(*actigraphy.Recording) error,
) error {
	if !opts.DateOrder.Valid() {
		return fmt.Errorf("%q is no date order: want %q, %q or %q", opts.DateOrder, YearMonthDay, DayMonthYear, MonthDayYear)
	}
	reader, err := Detect(readers, in)
	if err != nil {
		return err
	}
	opts = opts.of(reader.Format().ID)
	in.progress, in.pass, in.passes = progress, 0, 0
	defer func() { in.progress = nil }()
	out := &outlet{in: in, id: reader.Format().ID, subject: opts.Subject, emit: emit}
	err = guarded(ctx, reader, in, opts, func(r *actigraphy.Recording) error {
		// Not before there is a recording: a huge file that is none is refused at once.
		if err := in.Hash(ctx); err != nil {
			return err
		}
		return out.take(r)
	})
	if err != nil {
		return err
	}
	return out.flush()
}

// ErrReader is the error of a file that a reader came to grief over: a fault of this
// program, or of a library in it, and not of the file alone.
var ErrReader = errors.New("its reader failed, which is a fault of this program")

// guarded reads, and makes an error of a panic: one file must not end an import of
// thousands. What emit does is not guarded.
func guarded(ctx context.Context, reader Reader, in *Input, opts Options, emit func(*actigraphy.Recording) error) (err error) {
	emitting := false
	defer func() {
		if emitting {
			return
		}
		if p := recover(); p != nil {
			e := in.fault(fmt.Sprintf("%v: %v", ErrReader, p), "leave the file out, and report it with the file where you can")
			e.Err = ErrReader
			err = e
		}
	}()
	return reader.Read(ctx, in, opts, func(r *actigraphy.Recording) error {
		emitting = true
		err := emit(r)
		emitting = false // and not where emit panics
		return err
	})
}

// outlet completes and checks recordings on their way out.
type outlet struct {
	in      *Input
	id      string // of the reader
	subject string // the name the user gave; "" takes the file's
	emit    func(*actigraphy.Recording) error
	held    []*actigraphy.Recording // kept back while one name is to fit one participant
}

func (o *outlet) take(r *actigraphy.Recording) error {
	r.Source.Name, r.Source.Format, r.Source.SHA256 = cmp.Or(o.in.archived, o.in.Name), o.id, o.in.SHA256
	if o.subject == "" {
		return o.send(r)
	}
	if len(o.held) > 0 && o.held[0].Source.Subject != r.Source.Subject {
		return o.in.fault(
			fmt.Sprintf("more than one participant, and one name, %q, for all", o.subject),
			"import the file without a participant's name")
	}
	r.Subject, o.held = o.subject, append(o.held, r)
	return nil
}

func (o *outlet) flush() error {
	for _, r := range o.held {
		if err := o.send(r); err != nil {
			return err
		}
	}
	return nil
}

func (o *outlet) send(r *actigraphy.Recording) error {
	if err := r.Validate(); err != nil {
		return &actigraphy.FileError{
			File: o.in.Path, Found: err.Error(), Advice: "check the file and how it was exported", Err: err,
		}
	}
	if err := o.in.unchanged(); err != nil {
		return err
	}
	return o.emit(r)
}
