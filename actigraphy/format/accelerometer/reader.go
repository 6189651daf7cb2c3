package accelerometer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/measure"
)

// maxEpochs bounds one recording: 194 days of one second, 31 years of one minute.
const maxEpochs = 1 << 24

// maxGap bounds the time without samples. A longer one is two recordings, or a
// clock that is not to be believed. It is as long as in files of epochs.
const maxGap = 28 * 24 * time.Hour

// Open opens a raw file. Errors are *actigraphy.FileError. A source that is an
// io.Closer is closed when its recording is computed.
type Open func(ctx context.Context, in *format.Input) (raw.Source, error)

// OpenWith is Open for files that leave something to the user. A source may have a
// method Options() map[string]string: what of it made a difference, and so belongs
// to the recording's id.
type OpenWith func(ctx context.Context, in *format.Input, opts format.Options) (raw.Source, error)

// Reader is a format.Reader of raw files. Options.Channel chooses what is computed
// as the activity: "axis 1" (the default), "axis 2", "axis 3" or "vector
// magnitude" of ActiGraph counts, "ENMO" or "MIMS".
type Reader struct {
	info  format.Info
	sniff func(head []byte) bool
	open  OpenWith
}

// New returns the reader of a format; sniff is format.Reader's.
func New(info format.Info, sniff func(head []byte) bool, open Open) Reader {
	return NewWith(info, sniff, func(ctx context.Context, in *format.Input, _ format.Options) (raw.Source, error) {
		return open(ctx, in)
	})
}

// NewWith is New for files that leave something to the user.
func NewWith(info format.Info, sniff func(head []byte) bool, open OpenWith) Reader {
	return Reader{info, sniff, open}
}

// Format describes the format.
func (r Reader) Format() format.Info { return r.info }

// Sniff reports whether a file that begins with head is of the format.
func (r Reader) Sniff(head []byte) bool { return r.sniff(head) }

// Read computes the one recording of the file.
func (r Reader) Read(ctx context.Context, in *format.Input, opts format.Options, emit func(*actigraphy.Recording) error) error {
	recording, err := r.recording(ctx, in, opts)
	if err != nil {
		return err
	}
	return emit(recording)
}

func (r Reader) recording(ctx context.Context, in *format.Input, opts format.Options) (_ *actigraphy.Recording, err error) {
	activity, err := activityOf(in, opts.Channel)
	if err != nil {
		return nil, err
	}
	if err := measure.CheckEpoch(opts.Epoch); err != nil {
		return nil, &actigraphy.FileError{File: in.Path, Found: err.Error(), Advice: "choose another length"}
	}
	src, err := r.open(ctx, in, opts)
	if err != nil {
		return nil, err
	}
	if closer, ok := src.(io.Closer); ok {
		defer func() { err = errors.Join(err, closer.Close()) }()
	}
	in.Passes(2) // the second where it can be calibrated
	s, err := measure.Compute(ctx, src, measure.Options{
		Epoch: opts.Epoch, HeldStill: opts.SleepStill, MaxEpochs: maxEpochs, MaxGap: maxGap, MIMS: activity.channel == actigraphy.ChannelMIMS,
	})
	if err != nil {
		return nil, fault(in, opts, err)
	}
	return made(in, src, s, activity, opts), nil
}

// fault says in the file's words what measure could not do.
func fault(in *format.Input, opts format.Options, err error) error {
	e := &actigraphy.FileError{File: in.Path, Found: err.Error(), Err: err}
	switch epoch := max(opts.Epoch, 0); {
	case errors.Is(err, measure.ErrShort):
		if epoch == 0 {
			epoch = measure.DefaultEpoch
		}
		e.Expected, e.Found = fmt.Sprintf("at least one whole epoch of %g s", epoch.Seconds()), "none"
		e.Advice = "choose a shorter epoch, or leave the file out"
		if epoch == time.Second {
			e.Advice = "leave the file out"
		}
	case errors.Is(err, measure.ErrLong):
		e.Advice = "choose a longer epoch, or check the clock of the device"
	case errors.Is(err, measure.ErrGap):
		e.Expected, e.Found, e.Err = fmt.Sprintf("gaps of at most %d days", int(maxGap.Hours()/24)), err.Error(), nil
		e.Advice = "the file may be damaged there, or the clock of the device was wrong; split it if it holds two recordings"
	default:
		return err
	}
	return e
}
