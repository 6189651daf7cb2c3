package accelerometer_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/accelerometer"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/rawtest"
)

// closing is a source with a file to close.
type closing struct {
	*rawtest.Source
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func shaking() *closing {
	s := rawtest.New(rawtest.Start.Add(20*time.Second), 30)
	s.Head.Notes = []string{"The file says so."}
	s.Seconds(rawtest.Start.Add(20*time.Second), 300, rawtest.Shake)
	s.Lost = raw.Damage{Blocks: 2, Notes: []string{"The clock was set."}}
	return &closing{Source: s}
}

func read(t *testing.T, s *closing, opts format.Options) (*actigraphy.Recording, error) {
	t.Helper()
	reader := accelerometer.New(
		format.Info{ID: "test", Name: "Test"},
		func(head []byte) bool { return bytes.HasPrefix(head, []byte("RAW")) },
		func(context.Context, *format.Input) (raw.Source, error) { return s, nil },
	)
	in, err := format.NewInput("P1.raw", []byte("RAW"))
	if err != nil {
		t.Fatal(err)
	}
	var got *actigraphy.Recording
	err = format.ReadInput(t.Context(), []format.Reader{reader}, in, opts, nil, func(r *actigraphy.Recording) error {
		got = r
		return nil
	})
	return got, err
}

func TestRead(t *testing.T) {
	s := shaking()
	r, err := read(t, s, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !s.closed {
		t.Error("the source was not closed")
	}
	if r.Subject != "P1" || r.Device != s.Head.Device || r.Site != "wrist" || r.Epoch != time.Minute || len(r.Activity) != 4 {
		t.Errorf("got %+v", r)
	}
	if want := rawtest.Start.Add(time.Minute); !r.Start.Equal(actigraphy.Naive(want)) {
		t.Errorf("got start %v, want %v", r.Start, want)
	}
	want := []string{"ENMO", "angle-z", "axis 2", "axis 3", "not measured", "vector magnitude", "wear"}
	if got := slices.Sorted(maps.Keys(r.Channels)); !slices.Equal(got, want) {
		t.Errorf("got channels %q, want %q", got, want)
	}
	if !r.Unit.KnownToPAT() || r.Source.Channel != "axis 1" || len(r.Source.Options) != 0 || r.Source.Format != "test" {
		t.Errorf("got unit %v, source %+v", r.Unit, r.Source)
	}
	// The y axis moves half as much as x, and is axis 1.
	if !(r.Activity[1] > 0 && r.Activity[1] < r.Channels["axis 2"][1]) {
		t.Errorf("got %v counts of axis 1 and %v of axis 2", r.Activity, r.Channels["axis 2"])
	}
	all := strings.Join(r.Source.Notes, "\n")
	for _, want := range []string{
		"The file says so.", "Neishabouri", "at 30 Hz", "begin at whole multiples", "Axis 1 is the y axis",
		"not calibrated: there are 0 still windows", "Epochs of 60 s", "The clock was set.",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the notes lack %q:\n%s", want, all)
		}
	}
}

// TestLongGap wants a clock that jumps by months refused, and not an epoch kept for
// every minute of them.
func TestLongGap(t *testing.T) {
	s := shaking()
	s.Seconds(rawtest.Start.Add(29*24*time.Hour), 300, rawtest.Shake)
	_, err := read(t, s, format.Options{})
	var file *actigraphy.FileError
	if !errors.As(err, &file) || file.Expected != "gaps of at most 28 days" || file.Advice == "" {
		t.Errorf("got %v, want a refusal of the gap, with advice", err)
	}
}

func TestChannels(t *testing.T) {
	tests := []struct{ named, channel, unit string }{
		{"axis1", "axis 1", "ActiGraph counts, axis 1"},
		{"Axis 2", "axis 2", "ActiGraph counts, axis 2"},
		{"axis_3", "axis 3", "ActiGraph counts, axis 3"},
		{"VM", "vector magnitude", "ActiGraph counts, vector magnitude"},
		{"enmo", "ENMO", "mg, ENMO"},
	}
	base, err := read(t, shaking(), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		r, err := read(t, shaking(), format.Options{Channel: tt.named})
		if err != nil {
			t.Errorf("%s: %v", tt.named, err)
			continue
		}
		if r.Source.Channel != tt.channel || r.Unit.String() != tt.unit {
			t.Errorf("%s: got %q in %q, want %q in %q", tt.named, r.Source.Channel, r.Unit, tt.channel, tt.unit)
		}
		if _, kept := r.Channels[tt.channel]; kept {
			t.Errorf("%s stands among the channels too", tt.channel)
		}
		want := base.Channels[tt.channel]
		if tt.channel == "axis 1" {
			want = base.Activity
		}
		if !slices.Equal(r.Activity, want) {
			t.Errorf("%s: got %v, want %v", tt.named, r.Activity, want)
		}
	}
}

// TestOptionsMakeAnotherRecording wants an id of its own for every way of reading.
func TestOptionsMakeAnotherRecording(t *testing.T) {
	seen := map[string]string{}
	for name, opts := range map[string]format.Options{
		"default": {}, "ten seconds": {Epoch: 10 * time.Second}, "stillness": {SleepStill: true}, "ENMO": {Channel: "ENMO"},
	} {
		r, err := read(t, shaking(), opts)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[r.ID()]; ok {
			t.Errorf("%s has the id of %s", name, other)
		}
		seen[r.ID()] = name
	}
	minute, err := read(t, shaking(), format.Options{Epoch: time.Minute})
	if err != nil || seen[minute.ID()] != "default" {
		t.Errorf("a minute is the default and has another id (%v)", err)
	}
}

func TestRefuses(t *testing.T) {
	short := shaking()
	short.List = short.List[:30]
	broken := shaking()
	broken.Err = errors.New("the disk is gone")
	tests := []struct {
		name string
		s    *closing
		opts format.Options
		want string
	}{
		{"unknown channel", shaking(), format.Options{Channel: "PIM"}, `ENMO`},
		{"half a second", shaking(), format.Options{Epoch: time.Second / 2}, "whole seconds from 1 to 3600"},
		{"too short", short, format.Options{}, "at least one whole epoch of 60 s, found none"},
		{"a broken source", broken, format.Options{}, "the disk is gone"},
	}
	for _, tt := range tests {
		if _, err := read(t, tt.s, tt.opts); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
	if !short.closed {
		t.Error("the source of a refused file was not closed")
	}
}

func TestCancelled(t *testing.T) {
	s := shaking()
	reader := accelerometer.New(format.Info{}, nil, func(context.Context, *format.Input) (raw.Source, error) { return s, nil })
	in, err := format.NewInput("P1.raw", []byte("RAW"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = reader.Read(ctx, in, format.Options{}, func(*actigraphy.Recording) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestMIMS wants it said that MIMS is not verified.
func TestMIMS(t *testing.T) {
	r, err := read(t, shaking(), format.Options{Channel: "mims"})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Unit.String(); got != "MIMS, not verified against MIMSunit" || !r.Unit.KnownToPAT() {
		t.Errorf("got unit %q", got)
	}
	if !strings.Contains(strings.Join(r.Source.Notes, "\n"), "Not verified against the R package MIMSunit.") || !(r.Activity[1] > 50) {
		t.Errorf("got %v, notes %q", r.Activity, r.Source.Notes)
	}
}
