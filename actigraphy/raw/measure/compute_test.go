package measure_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/raw/counts"
	"circascope/actigraphy/raw/measure"
	"circascope/actigraphy/raw/rawtest"
)

func compute(t *testing.T, s *rawtest.Source, o measure.Options) *measure.Series {
	t.Helper()
	series, err := measure.Compute(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return series
}

func after(d time.Duration) time.Time { return rawtest.Start.Add(d) }

// sums are the counts of samples that begin with an epoch.
func sums(rate float64, samples []float64, epoch int) []float64 {
	tenths := counts.NewFilter(rate).Append(nil, samples)
	var out []float64
	for i := 0; i+10*epoch <= len(tenths); i += 10 * epoch {
		sum := 0
		for _, v := range tenths[i : i+10*epoch] {
			sum += int(v)
		}
		out = append(out, float64(sum))
	}
	return out
}

func samples(s *rawtest.Source, axis int) []float64 {
	var out []float64
	for _, b := range s.List {
		out = append(out, [][]float64{b.X, b.Y, b.Z}[axis]...)
	}
	return out
}

func TestCountsByEpoch(t *testing.T) {
	for _, epoch := range []int{1, 7, 10, 60} {
		s := rawtest.New(rawtest.Start, 30)
		s.Seconds(rawtest.Start, 185, rawtest.Shake)
		got := compute(t, s, measure.Options{Epoch: time.Duration(epoch) * time.Second})
		skip := 0
		if epoch == 7 {
			// 10:00 is 5142 epochs and 6 s after midnight: one second of an epoch is left out.
			skip = 1
		}
		for axis := range 3 {
			want := sums(30, samples(s, axis), epoch)
			if skip > 0 {
				tenths := counts.NewFilter(30).Append(nil, samples(s, axis))
				want = nil
				for i := 10; i+70 <= len(tenths); i += 70 {
					sum := 0
					for _, v := range tenths[i : i+70] {
						sum += int(v)
					}
					want = append(want, float64(sum))
				}
			}
			if !slices.Equal(got.Counts[axis], want) {
				t.Errorf("epoch %d s, axis %d: got %v, want %v", epoch, axis, got.Counts[axis], want)
			}
		}
		if want := rawtest.Start.Add(time.Duration(skip) * time.Second); !got.Start.Equal(actigraphy.Naive(want)) {
			t.Errorf("epoch %d s: got start %v, want %v", epoch, got.Start, want)
		}
	}
}

// TestPartialEpochs begins and ends within an epoch.
func TestPartialEpochs(t *testing.T) {
	tests := []struct {
		begin, length time.Duration
		start         time.Duration
		epochs        int
	}{
		{0, 3 * time.Minute, 0, 3},
		{30 * time.Second, 3 * time.Minute, time.Minute, 2},
		{0, 179 * time.Second, 0, 2},
		{59 * time.Second, 2 * time.Minute, time.Minute, 1},
		{50 * time.Millisecond, 3 * time.Minute, 0, 3}, // within a tenth of a second
	}
	for _, tt := range tests {
		s := rawtest.New(after(tt.begin), 30)
		s.Seconds(after(tt.begin), int(tt.length/time.Second), rawtest.Shake)
		got := compute(t, s, measure.Options{})
		if len(got.ENMO) != tt.epochs || !got.Start.Equal(actigraphy.Naive(after(tt.start))) {
			t.Errorf("%v from %v: got %d epochs from %v, want %d from %v", tt.length, tt.begin, len(got.ENMO), got.Start, tt.epochs, after(tt.start))
		}
		if slices.ContainsFunc(got.ENMO, math.IsNaN) {
			t.Errorf("%v from %v: missing epochs: %v", tt.length, tt.begin, got.ENMO)
		}
	}
}

func TestZoneStays(t *testing.T) {
	zone := time.FixedZone("", 5*3600+1800)
	begin := time.Date(2024, 3, 5, 10, 0, 30, 0, zone)
	s := rawtest.New(begin, 30)
	s.Head.Start = actigraphy.Zoned(begin)
	s.Seconds(begin, 200, rawtest.Shake)
	got := compute(t, s, measure.Options{})
	if want := actigraphy.Zoned(begin.Add(30 * time.Second)); !got.Start.Equal(want) {
		t.Errorf("got %v, want %v", got.Start, want)
	}
}

// TestGap leaves two minutes out: they are missing, and what follows begins with a
// filter at rest.
func TestGap(t *testing.T) {
	s := rawtest.New(rawtest.Start, 30)
	s.Seconds(rawtest.Start, 90, rawtest.Shake)
	s.Seconds(after(4*time.Minute), 120, rawtest.Shake)
	got := compute(t, s, measure.Options{})
	if len(got.ENMO) != 6 {
		t.Fatalf("got %d epochs, want 6", len(got.ENMO))
	}
	wantMissing := []float64{0, 0.5, 1, 1, 0, 0}
	for i, want := range wantMissing {
		if math.Abs(got.NotMeasured[i]-want) > 1e-9 {
			t.Errorf("epoch %d: got %v not measured, want %v", i, got.NotMeasured[i], want)
		}
		for name, values := range map[string][]float64{"counts": got.Counts[0], "ENMO": got.ENMO, "angle": got.AngleZ} {
			if math.IsNaN(values[i]) != (want > 0.1) {
				t.Errorf("epoch %d: got %s %v where %v was not measured", i, name, values[i], want)
			}
		}
	}
	second := rawtest.New(rawtest.Start, 30)
	second.Seconds(rawtest.Start, 120, rawtest.Shake)
	if want := sums(30, samples(second, 0), 60); !slices.Equal(got.Counts[0][4:], want) {
		t.Errorf("behind the gap: got %v, want %v", got.Counts[0][4:], want)
	}
	if c := got.Clipped; c.Gaps != 1 || c.Missing != 150*time.Second {
		t.Errorf("got %+v, want one gap of 150 s", c)
	}
}

// TestSleepOfTheDevice has a minute that the device held its last value.
func TestSleepOfTheDevice(t *testing.T) {
	s := rawtest.New(rawtest.Start, 30)
	s.Seconds(rawtest.Start, 180, func(i int) (x, y, z float64) {
		if i/30/60 == 1 {
			return rawtest.Shake(1799)
		}
		return rawtest.Shake(i)
	})
	for i := 60; i < 120; i++ {
		s.List[i].Held = true
	}
	missing := compute(t, s, measure.Options{})
	still := compute(t, s, measure.Options{HeldStill: true})
	want := sums(30, samples(s, 0), 60)
	if !slices.Equal(still.Counts[0], want) {
		t.Errorf("as stillness: got %v, want %v", still.Counts[0], want)
	}
	if got := missing.Counts[0]; !math.IsNaN(got[1]) || got[0] != want[0] || got[2] != want[2] {
		t.Errorf("as missing: got %v, want %v without the second", got, want)
	}
	if missing.Held != time.Minute || still.Held != 0 || missing.NotMeasured[1] != 1 || still.NotMeasured[1] != 0 {
		t.Errorf("got held %v and %v, not measured %v and %v", missing.Held, still.Held, missing.NotMeasured, still.NotMeasured)
	}
}

// TestRateWithoutAlgorithm brings 25 Hz to 30 Hz.
func TestRateWithoutAlgorithm(t *testing.T) {
	s := rawtest.New(rawtest.Start, 25)
	shake := func(i int) (x, y, z float64) {
		v := math.Sin(2 * math.Pi * float64(i) / 25)
		return v, 0.5 * v, 1 + 0.8*v
	}
	s.Seconds(rawtest.Start, 120, shake)
	got := compute(t, s, measure.Options{})
	at30 := rawtest.New(rawtest.Start, 30)
	at30.Seconds(rawtest.Start, 120, rawtest.Shake)
	want := compute(t, at30, measure.Options{})
	if got.CountsRate != 30 || len(got.Counts[0]) != 2 {
		t.Fatalf("got %d epochs at %v Hz, want 2 at 30", len(got.Counts[0]), got.CountsRate)
	}
	if g, w := got.Counts[0][1], want.Counts[0][1]; math.Abs(g/w-1) > 0.03 {
		t.Errorf("got %v counts, want %v within 3 %%", g, w)
	}
}

func TestAngle(t *testing.T) {
	for _, want := range []float64{-90, -30, 0, 45, 90} {
		s := rawtest.New(rawtest.Start, 10)
		s.Seconds(rawtest.Start, 60, func(int) (x, y, z float64) {
			sin, cos := math.Sincos(want * math.Pi / 180)
			return 0.6 * cos, 0.8 * cos, sin
		})
		if got := compute(t, s, measure.Options{}).AngleZ; math.Abs(got[0]-want) > 1e-9 {
			t.Errorf("got %v, want %v", got[0], want)
		}
	}
}

// TestWear lies still for 75 minutes among three hours of movement.
func TestWear(t *testing.T) {
	s := rawtest.New(rawtest.Start, 10)
	s.Seconds(rawtest.Start, 4*3600, func(i int) (x, y, z float64) {
		if minute := i / 600; minute >= 60 && minute < 135 {
			return rawtest.Rest(i)
		}
		return rawtest.Shake(i)
	})
	got := compute(t, s, measure.Options{}).Wear
	for i, v := range got {
		if want := 1 - float64(btoi(i >= 60 && i < 135)); v != want {
			t.Fatalf("minute %d: got %v, want %v", i, v, want)
		}
	}
}

// TestWearNeedsAnHour lies still for 45 minutes: that may be sleep.
func TestWearNeedsAnHour(t *testing.T) {
	s := rawtest.New(rawtest.Start, 10)
	s.Seconds(rawtest.Start, 3*3600, func(i int) (x, y, z float64) {
		if minute := i / 600; minute >= 60 && minute < 105 {
			return rawtest.Rest(i)
		}
		return rawtest.Shake(i)
	})
	if got := compute(t, s, measure.Options{}).Wear; slices.Contains(got, 0) {
		t.Error("45 still minutes are taken for non-wear")
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestSurroundings(t *testing.T) {
	s := rawtest.New(rawtest.Start, 10)
	s.Seconds(rawtest.Start, 180, rawtest.Shake)
	for i := range s.List {
		b := &s.List[i]
		b.Temperature, b.Light = 30+float64(i/60), 100
		if i >= 120 {
			b.Temperature, b.Light, b.HeartRate, b.Marker = math.NaN(), math.NaN(), 70, i == 150
		}
	}
	got := compute(t, s, measure.Options{})
	same := func(a, b []float64) bool {
		return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
	}
	nan := math.NaN()
	if !same(got.Temperature, []float64{30, 31, nan}) || !same(got.Light, []float64{100, 100, nan}) ||
		!same(got.HeartRate, []float64{nan, nan, 70}) || !same(got.Marker, []float64{0, 0, 1}) {
		t.Errorf("got temperature %v, light %v, heart rate %v, marker %v", got.Temperature, got.Light, got.HeartRate, got.Marker)
	}
}

func TestRefuses(t *testing.T) {
	long := rawtest.New(rawtest.Start, 10)
	long.Seconds(rawtest.Start, 70, rawtest.Shake)
	far := rawtest.New(rawtest.Start, 10)
	far.Seconds(rawtest.Start, 70, rawtest.Shake)
	far.Seconds(after(100*24*time.Hour), 70, rawtest.Shake)
	short := rawtest.New(after(30*time.Second), 10)
	short.Seconds(after(30*time.Second), 70, rawtest.Shake)
	tests := []struct {
		name   string
		source *rawtest.Source
		o      measure.Options
		want   error
	}{
		{"no whole epoch", short, measure.Options{}, measure.ErrShort},
		{"no samples", rawtest.New(rawtest.Start, 10), measure.Options{}, measure.ErrShort},
		{"a long gap", far, measure.Options{MaxGap: 99 * 24 * time.Hour}, measure.ErrGap},
		{"too many epochs", far, measure.Options{MaxEpochs: 1440}, measure.ErrLong},
	}
	for _, tt := range tests {
		if _, err := measure.Compute(t.Context(), tt.source, tt.o); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	for _, epoch := range []time.Duration{-time.Second, 500 * time.Millisecond, 1500 * time.Millisecond, 2 * time.Hour} {
		if _, err := measure.Compute(t.Context(), long, measure.Options{Epoch: epoch}); err == nil {
			t.Errorf("an epoch of %v was accepted", epoch)
		}
	}
}

// BenchmarkCompute is of a day at the two commonest rates, in packed bytes of
// twelve bits an axis.
func BenchmarkCompute(b *testing.B) {
	for _, hz := range []float64{30, 100} {
		b.Run(time.Duration(1e9/hz).String(), func(b *testing.B) {
			s := rawtest.New(rawtest.Start, hz)
			s.Seconds(rawtest.Start, 3600, rawtest.Shake)
			b.SetBytes(int64(3600 * hz * 4.5))
			for b.Loop() {
				if _, err := measure.Compute(b.Context(), s, measure.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestMIMS knows the area of sines of 1 Hz, which pass the filter, and that a gap
// and what follows it stay apart.
func TestMIMS(t *testing.T) {
	s := rawtest.New(rawtest.Start, 30)
	s.Seconds(rawtest.Start, 180, rawtest.Shake)
	s.Seconds(after(5*time.Minute), 120, rawtest.Shake)
	got := compute(t, s, measure.Options{MIMS: true}).MIMS
	want := (1 + 0.5 + 0.8) * 2 / math.Pi * 60
	if len(got) != 7 {
		t.Fatalf("got %d epochs, want 7", len(got))
	}
	for i, v := range got {
		if missing := i == 3 || i == 4; math.IsNaN(v) != missing || !missing && math.Abs(v/want-1) > 0.01 {
			t.Errorf("minute %d: got %v, want %v within 1 %%, minutes 3 and 4 missing", i, v, want)
		}
	}
	split := rawtest.New(rawtest.Start, 30)
	split.Seconds(rawtest.Start, 30, rawtest.Shake)
	split.Seconds(after(33*time.Second), 27, rawtest.Shake)
	if v := compute(t, split, measure.Options{MIMS: true}).MIMS; len(v) != 1 || math.Abs(v[0]/(want*57/60)-1) > 0.02 {
		t.Errorf("a minute with a gap of three seconds: got %v, want %v", v, want*57/60)
	}
	if compute(t, s, measure.Options{}).MIMS != nil {
		t.Error("MIMS was computed and not asked for")
	}
}
