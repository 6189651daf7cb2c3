package rawcsv

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// source is a file of samples.
type source struct {
	in     *format.Input
	layout *layout
	header raw.Header
	damage raw.Damage
}

// Options are those of the user's that made a difference.
func (s *source) Options() map[string]string { return s.layout.chosen }

// Header says what the file tells of the recording as a whole.
func (s *source) Header() raw.Header { return s.header }

// Damage reports what Blocks left out the last time.
func (s *source) Damage() raw.Damage { return s.damage }

// Blocks yields the samples in the order of their lines.
func (s *source) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	return func(yield func(*raw.Block, error) bool) {
		l := *s.layout // with buffers of its own
		l.fields, l.minute = nil, minute{}
		b := newBlocks(&l, yield)
		if err := s.read(ctx, &l, b); err != nil && !b.done {
			yield(nil, err)
			return
		}
		s.damage = b.damage()
	}
}

func (s *source) read(ctx context.Context, l *layout, b *blocks) error {
	text, err := s.in.Text(ctx)
	if err != nil {
		return err
	}
	var r row
	for number := int64(0); !b.done; {
		line, err := text.Next()
		switch {
		case errors.Is(err, io.EOF):
			b.finish()
			return nil
		case err != nil:
			return err
		case text.Line() < l.first || blank(line):
			continue
		}
		if err := l.row(text, line, &r); err != nil {
			return err
		}
		if l.time < 0 {
			r.at = l.counted(number)
		}
		number++
		b.add(&r)
	}
	return nil
}

// counted returns the time of a sample of files without times.
func (l *layout) counted(number int64) int64 {
	whole, part := math.Modf(float64(number) / l.rate)
	return l.start.Clock().UnixNano() + int64(whole)*int64(time.Second) + int64(math.Round(part*1e9))
}

// largest is beyond what any device measures, in g.
const largest = 100

func (l *layout) row(text *format.Text, line []byte, r *row) error {
	if !l.parse(line, r) {
		return text.Fault(fmt.Sprintf("%d columns, with numbers in columns %d, %d and %d", l.width, l.axes[0]+1, l.axes[1]+1, l.axes[2]+1),
			format.Quoted(line), "correct the line; the file may be damaged or cut off")
	}
	if slices.ContainsFunc(r.v[:], func(v float64) bool { return math.Abs(v) > largest }) {
		return text.Fault(fmt.Sprintf("acceleration of at most %d g", largest), format.Quoted(line), "correct the line, or export the acceleration in g")
	}
	if l.time < 0 {
		return nil
	}
	var ok bool
	if r.at, ok = l.nanos(r.text); !ok {
		return text.Fault("a time as in the first row", format.Quoted(r.text), "correct the line; the file may be damaged or cut off")
	}
	return nil
}

// nanos reads a row's time on the clock of the start.
func (l *layout) nanos(text []byte) (int64, bool) {
	if l.unix {
		return unixNanos(text)
	}
	if at, ok := l.minute.read(text); ok {
		return at, true
	}
	t, ok := l.local(text)
	if !ok {
		return 0, false
	}
	at := t.Clock().UnixNano()
	l.minute.keep(text, at)
	return at, true
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
