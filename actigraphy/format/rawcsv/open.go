package rawcsv

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "raw-csv", Name: "CSV of raw acceleration", Extensions: []string{".csv", ".txt", ".gz"}}
}

// Sniff reports whether head begins a table of samples: three axes, and times less
// than a second apart or the header of ActiLife's raw CSV.
func Sniff(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	in, err := format.NewInput("", head)
	if err != nil {
		return false
	}
	_, err = look(in, format.Options{})
	return err == nil || !errors.Is(err, errOther)
}

// Open finds the columns, the rate and the first sample. A bad file, and one whose
// samples are not in g, is an *actigraphy.FileError.
func Open(ctx context.Context, in *format.Input, opts format.Options) (raw.Source, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l, err := look(in, opts)
	if errors.Is(err, errOther) {
		return nil, &actigraphy.FileError{
			File: in.Path, Expected: "samples of three axes, with times less than a second apart", Found: "a table of another kind",
			Advice: "export the recording again", Err: actigraphy.ErrFormat,
		}
	}
	if err != nil {
		return nil, err
	}
	return &source{in: in, layout: l, header: l.header()}, nil
}

// errOther is the error of a text that is no table of samples.
var errOther = errors.New("not a table of samples")

// look reads the head of a file.
func look(in *format.Input, opts format.Options) (*layout, error) {
	l := &layout{}
	if err := l.preamble(in, in.HeadText()); err != nil {
		return nil, err
	}
	rows, err := l.sample(in.HeadText())
	if err != nil {
		return nil, err
	}
	unsettled := l.dates(in, rows[0], opts)
	if rows = l.times(rows); len(rows) < 2 {
		return nil, cmp.Or(unsettled, errOther)
	}
	if err := l.pace(in, rows); err != nil {
		return nil, err
	}
	if unsettled != nil {
		return nil, unsettled
	}
	return l, l.inG(in, rows)
}

// sample reads the rows of the head.
func (l *layout) sample(text *format.Text) ([]row, error) {
	var rows []row
	for {
		line, err := text.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errOther
		}
		if text.Line() < l.first || blank(line) {
			continue
		}
		r := row{line: text.Line()}
		if !l.parse(line, &r) {
			break // the reading of the whole names the line
		}
		r.text = append([]byte(nil), r.text...)
		rows = append(rows, r)
	}
	if len(rows) < 2 {
		return nil, errOther
	}
	return rows, nil
}

// inG refuses samples whose length says that they are not in g: a body stands
// in 1 g nearly always.
func (l *layout) inG(in *format.Input, rows []row) error {
	const most, standard = 4, 9.80665
	lengths := make([]float64, len(rows))
	for i := range rows {
		lengths[i] = rows[i].norm()
	}
	typical := median(lengths)
	if typical <= most {
		return nil
	}
	e := &actigraphy.FileError{
		File: in.Path, Line: rows[0].line, Expected: "acceleration in g, with a length of about 1",
		Found:  fmt.Sprintf("values with a median length of %.4g, which are steps of the device and need its calibration", typical),
		Advice: "export the calibrated acceleration",
	}
	switch {
	case typical > 0.8*standard && typical < 1.25*standard:
		e.Found, e.Advice = fmt.Sprintf("values with a median length of %.4g, as metres per second squared have", typical), "divide them by 9.80665"
	case typical > 800 && typical < 1250:
		e.Found, e.Advice = fmt.Sprintf("values with a median length of %.4g, as thousandths of g have", typical), "divide them by 1000"
	}
	return e
}
