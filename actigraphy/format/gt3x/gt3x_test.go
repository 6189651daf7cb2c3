package gt3x_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/format/internal/rawvalues"
	"circascope/actigraphy/raw"
)

// TestSamples writes samples in every packing at every rate and reads them again.
func TestSamples(t *testing.T) {
	for _, rate := range []int{30, 31, 32, 40, 50, 60, 70, 80, 90, 100} {
		for _, kind := range []byte{activity, activity2, activity3} {
			for _, stored := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d Hz, kind %d, stored %v", rate, kind, stored), func(t *testing.T) {
					w := newWriter(rate)
					w.stored = stored
					var want [][3]int16
					for s := range int64(130) {
						steps := walk(rate, s)
						want = append(want, steps...)
						w.second(kind, s, steps)
					}
					source := w.open(t)
					if h := source.Header(); h.Rate != float64(rate) || h.Range != 8 || h.Site != "wrist" || h.Subject != "P01" || h.Device != "ActiGraph Link TAS1E00000001" {
						t.Errorf("header: got %+v", h)
					}
					checkSamples(t, runs(t, source), want, 256)
				})
			}
		}
	}
}

func checkSamples(t *testing.T, got []run, want [][3]int16, scale float64) {
	t.Helper()
	i := 0
	for _, r := range got {
		if at := float64(i) / r.rate; math.Abs(r.from-at) > 1e-6 {
			t.Errorf("block at %v s, want %v", r.from, at)
		}
		for j := range r.x {
			v := [3]float64{r.x[j], r.y[j], r.z[j]}
			if w := want[i]; v != [3]float64{float64(w[0]) / scale, float64(w[1]) / scale, float64(w[2]) / scale} {
				t.Fatalf("sample %d: got %v, want %v/%v", i, v, w, scale)
			}
			i++
		}
	}
	if i != len(want) {
		t.Errorf("got %d samples, want %d", i, len(want))
	}
}

// TestIdleSleep checks what stands in the place of sleep, and what is a gap.
func TestIdleSleep(t *testing.T) {
	type span struct {
		from    float64
		seconds int
		of      int // the second whose last sample is held; -1 where the span was measured
	}
	sample := func(w *writer, seconds ...int64) {
		for _, s := range seconds {
			w.second(activity2, s, walk(30, s))
		}
	}
	tests := []struct {
		name  string
		write func(w *writer)
		want  []span
		late  int
	}{
		{"held up to the packet that ends it", func(w *writer) {
			sample(w, 0, 1, 2)
			w.packet(event, 3, []byte(asleep)).packet(event, 100, []byte(awake))
			sample(w, 100, 101)
		}, []span{{0, 3, -1}, {3, 57, 2}, {60, 40, 2}, {100, 2, -1}}, 0},
		{"begins behind the last sample, not with its packet", func(w *writer) {
			sample(w, 0, 1)
			w.packet(event, 5, []byte(asleep)).packet(event, 10, []byte(awake))
			sample(w, 10)
		}, []span{{0, 2, -1}, {2, 8, 1}, {10, 1, -1}}, 0},
		{"not ended by a packet, but by samples: a gap", func(w *writer) {
			sample(w, 0)
			w.packet(event, 1, []byte(asleep))
			sample(w, 20, 21)
		}, []span{{0, 1, -1}, {20, 2, -1}}, 0},
		{"not ended at all: to the last packet", func(w *writer) {
			sample(w, 0)
			w.packet(event, 1, []byte(asleep)).packet(2, 30, []byte{1, 2})
		}, []span{{0, 1, -1}, {1, 29, 0}}, 0},
		{"samples within it take its place", func(w *writer) {
			sample(w, 0)
			w.packet(event, 1, []byte(asleep)).packet(event, 20, []byte(awake))
			sample(w, 18, 19, 20)
		}, []span{{0, 1, -1}, {1, 17, 0}, {18, 3, -1}}, 0},
		{"a single sample within it", func(w *writer) {
			sample(w, 0)
			w.packet(event, 1, []byte(asleep)).packet(event, 20, []byte(awake))
			sample(w, 10, 20)
		}, []span{{0, 1, -1}, {1, 9, 0}, {10, 1, -1}, {11, 9, 0}, {20, 1, -1}}, 0},
		{"before the first sample nothing is held", func(w *writer) {
			w.packet(event, 0, []byte(asleep)).packet(event, 10, []byte(awake))
			sample(w, 10)
		}, []span{{10, 1, -1}}, 0},
		{"two in a row", func(w *writer) {
			sample(w, 0)
			w.packet(event, 1, []byte(asleep)).packet(event, 5, []byte(awake))
			w.packet(event, 7, []byte(asleep)).packet(event, 9, []byte(awake))
			sample(w, 9)
		}, []span{{0, 1, -1}, {1, 8, 0}, {9, 1, -1}}, 0},
		{"an end without a beginning", func(w *writer) {
			sample(w, 0)
			w.packet(event, 5, []byte(awake))
			sample(w, 9)
		}, []span{{0, 1, -1}, {9, 1, -1}}, 0},
		{"no packets: a gap", func(w *writer) {
			sample(w, 0, 1, 59, 60)
		}, []span{{0, 2, -1}, {59, 1, -1}, {60, 1, -1}}, 0},
		{"a second that was there", func(w *writer) {
			sample(w, 0, 1, 1, 0, 2)
		}, []span{{0, 3, -1}}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWriter(30)
			tt.write(w)
			source := w.open(t)
			var got []span
			for _, r := range runs(t, source) {
				s := span{r.from, len(r.x) / 30, -1}
				if r.held {
					s.of = heldSecond(r)
				}
				got = append(got, s)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if d := source.(raw.Damaged).Damage(); d.Blocks != tt.late {
				t.Errorf("got %d packets left out, want %d", d.Blocks, tt.late)
			}
		})
	}
}

// heldSecond returns the second of walk that ends in the values that r holds, -2
// where r does not hold one.
func heldSecond(r run) int {
	for s := range int64(60) {
		last := walk(30, s)[29]
		same := func(v []float64, step int16) bool {
			return !slices.ContainsFunc(v, func(v float64) bool { return v != float64(step)/256 })
		}
		if same(r.x, last[0]) && same(r.y, last[1]) && same(r.z, last[2]) {
			return int(s)
		}
	}
	return -2
}

// TestDamage leaves out what can't be read, and no more.
func TestDamage(t *testing.T) {
	const rate, seconds, hit = 30, 20, 10
	whole := func(s int64) []byte { return packet(activity2, s, pack16(walk(rate, s))) }
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte { b[at] ^= 0x40; return b }
	}
	tests := []struct {
		name   string
		damage func(b []byte) []byte // of the packet of second 10
		lost   int                   // seconds
		blocks int
	}{
		{"none", func(b []byte) []byte { return b }, 0, 0},
		{"a sample", flip(50), 1, 1},
		{"the checksum", flip(8 + 180), 1, 1},
		{"the separator", flip(0), 1, 1},
		{"the size, too large", flip(7), 1, 1},
		{"the size, too small", flip(6), 1, 1},
		{"cut off", func(b []byte) []byte { return b[:40] }, 1, 1},
		{"gone", func([]byte) []byte { return nil }, 1, 0},
		{"noise before it", func(b []byte) []byte { return append([]byte{1, 2, 0x1e, 0x1e, 3}, b...) }, 0, 1},
		{"another century", func([]byte) []byte { return packet(activity2, 2_000_000_000, pack16(walk(rate, 1))) }, 1, 1},
		{"an unknown kind", func([]byte) []byte { return packet(99, hit, []byte{1}) }, 1, 0},
		{"a cable", func(b []byte) []byte { return append(packet(activity2, hit, []byte{1}), b...) }, 0, 0},
		{"fewer samples", func([]byte) []byte { return packet(activity2, hit, pack16(walk(20, hit))) }, 0, 0},
		{"more samples", func([]byte) []byte { return packet(activity2, hit, pack16(walk(31, hit))) }, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWriter(rate)
			for s := range int64(seconds) {
				b := whole(s)
				if s == hit {
					b = tt.damage(b)
				}
				w.log.Write(b)
			}
			source := w.open(t)
			covered := 0.0
			for _, r := range runs(t, source) {
				covered += math.Ceil(float64(len(r.x)) / r.rate)
				if r.rate != max(rate, float64(len(r.x))) && r.rate != rate {
					t.Errorf("got %d samples at %v Hz", len(r.x), r.rate)
				}
			}
			if lost := seconds - int(covered); lost != tt.lost {
				t.Errorf("got %d seconds lost, want %d", lost, tt.lost)
			}
			d := source.(raw.Damaged).Damage()
			if d.Blocks != tt.blocks || int(d.Missing.Seconds()) != tt.lost {
				t.Errorf("got %+v, want %d blocks, %d s", d, tt.blocks, tt.lost)
			}
		})
	}
}

// TestCutOff reads up to where log.bin ends.
func TestCutOff(t *testing.T) {
	for cut := 1; cut < 200; cut += 3 {
		w := newWriter(30)
		for s := range int64(5) {
			w.second(activity, s, walk(30, s))
		}
		w.log.Truncate(w.log.Len() - cut)
		got := 0
		for _, r := range runs(t, w.open(t)) {
			got += len(r.x) / 30
		}
		if want := 5 - (cut+143)/144; got != want {
			t.Errorf("%d bytes cut: got %d seconds, want %d", cut, got, want)
		}
	}
}

// TestScale finds the steps for 1 g where info.txt does not give them.
func TestScale(t *testing.T) {
	setup := []byte{0, 0, 0x37, 0, 0, 0, 0x40, 0x0a, 1, 0, 0x0a, 0, 40, 0, 0, 0} // 512 steps, 40 Hz
	tests := []struct {
		name string
		set  func(w *writer)
		want float64
		note string
	}{
		{"info.txt", func(*writer) {}, 256, ""},
		{"info.txt with a comma", func(w *writer) { w.set("Acceleration Scale", "128,5") }, 128.5, ""},
		{"the parameters", func(w *writer) { w.set("Acceleration Scale", "").packet(parameters, -9, setup) }, 512, "parameters give 512"},
		{"both", func(w *writer) { w.packet(parameters, -9, setup) }, 256, "info.txt is taken"},
		{"NEO", func(w *writer) { w.set("Acceleration Scale", "").set("Serial Number", "NEO1") }, 341, "serial numbers NEO"},
		{"CLE", func(w *writer) { w.set("Acceleration Scale", "").set("Serial Number", "CLE1") }, 341, "serial numbers CLE"},
		{"MOS", func(w *writer) { w.set("Acceleration Scale", "").set("Serial Number", "MOS1") }, 256, "serial numbers MOS"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWriter(40)
			tt.set(w)
			want := walk(40, 3)
			w.second(activity2, 0, want)
			source := w.open(t)
			checkSamples(t, runs(t, source), want, tt.want)
			if notes := strings.Join(source.Header().Notes, " "); !strings.Contains(notes, tt.note) {
				t.Errorf("notes: got %q, want %q in them", notes, tt.note)
			}
		})
	}
	w := newWriter(40).set("Sample Rate", "").packet(parameters, -9, setup).second(activity2, 0, walk(40, 3))
	if got := w.open(t).Header().Rate; got != 40 {
		t.Errorf("rate by the parameters: got %v, want 40", got)
	}
}

// TestCalibration compares with pygt3x 0.7.1 on the same steps and numbers.
func TestCalibration(t *testing.T) {
	w := newWriter(30)
	w.members["calibration.json"] = []byte(`{"isCalibrated": false, "calibrationMethod": 2,
		"offsetX_30": 3, "offsetY_30": -7, "offsetZ_30": 11,
		"sensitivityXX_30": 25601, "sensitivityYY_30": 25433, "sensitivityZZ_30": 26002,
		"sensitivityXY_30": 12, "sensitivityXZ_30": -31, "sensitivityYZ_30": 5}`)
	w.second(activity2, 0, [][3]int16{{100, -200, 256}, {-256, 0, 17}})
	got := runs(t, w.open(t))[0]
	want := [2][3]float64{
		{0.3804785404880994, -0.7592387150807388, 0.9428712991316114},
		{-1.0116628678837074, 0.02801553888446786, 0.021783314253994563},
	}
	for i, v := range want {
		for j, g := range []float64{got.x[i], got.y[i], got.z[i]} {
			if math.Abs(g-v[j]) > 1e-15 {
				t.Errorf("sample %d, axis %d: got %v, want %v", i, j, g, v[j])
			}
		}
	}
}

// TestLight holds a reading until the next one.
func TestLight(t *testing.T) {
	w := newWriter(30)
	w.packet(lux, -5, []byte{10, 0})
	for s := range int64(240) {
		switch s {
		case 30:
			w.packet(lux, s, []byte{40, 1}) // 296
		case 90:
			w.packet(lux, s, []byte{0xff, 0xff})
		case 150:
			w.packet(lux, s, []byte{0, 0})
		}
		w.second(activity, s, walk(30, s))
	}
	w.packet(event, 240, []byte(asleep)).packet(lux, 270, []byte{100, 0}).packet(event, 300, []byte(awake))
	want := []float64{(10 + 296) / 2.0, 296, 0, 0, 50}
	got := runs(t, w.open(t))
	if len(got) != len(want) {
		t.Fatalf("got %d blocks, want %d", len(got), len(want))
	}
	for i, r := range got {
		if r.light != want[i] {
			t.Errorf("minute %d: got %v, want %v", i, r.light, want[i])
		}
	}
}

// TestStart takes the zone of the device's clock from info.txt.
func TestStart(t *testing.T) {
	tests := []struct{ zone, want, note string }{
		{"01:00:00", "2023-11-14T22:00:02+01:00", "01:00:00 from UTC"},
		{"-05:30:00", "2023-11-14T22:00:02-05:30", "-05:30:00 from UTC"},
		{"00:00:00", "2023-11-14T22:00:02Z", ""},
		{"", "2023-11-14T22:00:02", "no time zone"},
		{"Europe/Paris", "2023-11-14T22:00:02", "is none"},
		{"99:00:00", "2023-11-14T22:00:02", "is none"},
	}
	for _, tt := range tests {
		source := newWriter(30).set("TimeZone", tt.zone).second(activity, 2, walk(30, 1)).open(t)
		h := source.Header()
		if h.Start.String() != tt.want {
			t.Errorf("%q: got %v, want %v", tt.zone, h.Start, tt.want)
		}
		if notes := strings.Join(h.Notes, " "); !strings.Contains(notes, tt.note) {
			t.Errorf("%q: notes %q, want %q in them", tt.zone, notes, tt.note)
		}
		for b := range source.Blocks(context.Background()) {
			if !b.Start.Equal(h.Start.Clock()) {
				t.Errorf("%q: first block at %v, header says %v", tt.zone, b.Start, h.Start.Clock())
			}
		}
	}
}

// TestPacked reads the format of old firmware.
func TestPacked(t *testing.T) {
	steps := walk(30*150+7, 5)
	w := newWriter(30).set("Serial Number", "NEO1B00000001").set("Acceleration Max", "")
	w.members["activity.bin"] = pack12(steps, 1, 0, 2)
	light := make([]byte, 2*130)
	for i := range 130 {
		light[2*i] = []byte{0, 19, 20, 200}[min(i/60, 2)+i/120]
	}
	copy(light[2*5:], "\xff\xff")
	copy(light[2*125:], "\xff\x0f")
	w.members["lux.bin"] = light
	source := w.open(t)
	if h := source.Header(); h.Range != 6 || h.Rate != 30 || h.Start.String() != "2023-11-14T22:00:00+01:00" {
		t.Errorf("header: got %+v", h)
	}
	i := 0
	wantLight := []float64{0, 0, (9*250 + 2500) / 10.0}
	for b, r := range runs(t, source) {
		if r.from != float64(b*60) || math.Abs(r.light-wantLight[b]) > 1e-12 {
			t.Errorf("block %d: at %v, light %v, want %v", b, r.from, r.light, wantLight[b])
		}
		for j := range r.x {
			for k, v := range []float64{r.x[j], r.y[j], r.z[j]} {
				if want := float64(steps[i][k]) / 341; math.Abs(v-want) > 0.0005 || math.Abs(v*1000-math.Round(v*1000)) > 1e-9 {
					t.Fatalf("sample %d: got %v, want %v to three decimals", i, v, want)
				}
			}
			i++
		}
	}
	if i != len(steps) {
		t.Errorf("got %d samples, want %d", i, len(steps))
	}
}

// TestMemory holds the memory of a long recording against that of a short one.
func TestMemory(t *testing.T) {
	read := func(seconds int64) uint64 {
		w := newWriter(30)
		for s := range seconds {
			w.second(activity, s, walk(30, s))
		}
		return rawvalues.Allocated(t, w.open(t))
	}
	short, long := read(600), read(36_000)
	// The race detector's own allocations are part of it; ten hours kept as numbers
	// would be 26 MB.
	if long > short+12<<20 {
		t.Errorf("10 minutes take %d bytes, 10 hours %d", short, long)
	}
}

// TestEnd ends with the caller and with the context.
func TestEnd(t *testing.T) {
	w := newWriter(30)
	for s := range int64(600) {
		w.second(activity, s, walk(30, s))
	}
	w.stored = true
	source := w.open(t)
	n := 0
	for range source.Blocks(context.Background()) {
		if n++; n == 2 {
			break
		}
	}
	cancelled(t, source)
	if n := cancelled(t, newWriter(30).second(activity, 0, walk(30, 1)).
		packet(event, 1, []byte(asleep)).packet(event, 29*24*3600, []byte(awake)).open(t)); n > 3 {
		t.Errorf("a month's sleep: got %d blocks after cancelling", n)
	}
	if got := len(runs(t, source)); got != 10 {
		t.Errorf("a third way through: got %d blocks, want 10", got)
	}
}

// cancelled cancels at the first block and returns how many came.
func cancelled(t *testing.T, source raw.Source) int {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	n := 0
	for _, err := range source.Blocks(ctx) {
		cancel()
		last = err
		n++
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("got %v, want %v", last, context.Canceled)
	}
	return n
}

// TestProgress counts the bytes of each way through once.
func TestProgress(t *testing.T) {
	old := newWriter(30).set("Serial Number", "NEO1B00000001")
	old.members["activity.bin"] = pack12(walk(30*150, 5), 1, 0, 2)
	old.members["lux.bin"] = make([]byte, 2*150)
	later := newWriter(30)
	for s := range int64(600) {
		later.second(activity, s, walk(30, s))
	}
	for _, w := range []*writer{old, later} {
		w.stored = true
		path := filepath.Join(t.TempDir(), "made.gt3x")
		if err := os.WriteFile(path, w.bytes(t), 0o600); err != nil {
			t.Fatal(err)
		}
		var last, total int64
		twice := twice{}
		err := format.Read(context.Background(), []format.Reader{twice}, path, format.Options{}, func(d, of int64) {
			if d < last || d > of || of < total {
				t.Errorf("got %d of %d after %d of %d", d, of, last, total)
			}
			last, total = d, of
		}, func(*actigraphy.Recording) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		if info, _ := os.Stat(path); total != 2*info.Size() || last < total*9/10 {
			t.Errorf("got %d of %d at the end of a file of %d", last, total, info.Size())
		}
	}
}

// twice goes through a file twice, as calibration does.
type twice struct{}

func (twice) Format() format.Info    { return gt3x.Info() }
func (twice) Sniff(head []byte) bool { return gt3x.Sniff(head) }
func (twice) Read(ctx context.Context, in *format.Input, _ format.Options, _ func(*actigraphy.Recording) error) error {
	in.Passes(2)
	source, err := gt3x.Open(ctx, in)
	if err != nil {
		return err
	}
	for range 2 {
		for _, err := range source.Blocks(ctx) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}
