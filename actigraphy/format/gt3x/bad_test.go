package gt3x_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
)

// TestBad refuses what is no recording, in words.
func TestBad(t *testing.T) {
	good := func() *writer { return newWriter(30).second(activity, 0, walk(30, 1)).second(activity, 1, walk(30, 2)) }
	made := func(change func(w *writer)) func(testing.TB) []byte {
		return func(t testing.TB) []byte {
			w := good()
			change(w)
			return w.bytes(t)
		}
	}
	old := func(w *writer) {
		w.members["log.bin"] = nil
		w.members["activity.bin"] = pack12(walk(60, 1), 1, 0, 2)
	}
	tests := []struct {
		name string
		file func(testing.TB) []byte
		want string
	}{
		{"no archive", func(testing.TB) []byte { return []byte("PK\x03\x04log.bin, but nothing else") }, "list of contents"},
		{"cut off", func(t testing.TB) []byte { b := good().bytes(t); return b[:len(b)-30] }, "may be cut off"},
		{"no info.txt", made(func(w *writer) { w.members["info.txt"] = nil }), "info.txt and log.bin"},
		{"no samples", made(func(w *writer) { w.members["log.bin"] = nil }), "info.txt and log.bin"},
		{"two of a name", doubled, "one member log.bin"},
		{"many members", many, "at most 1000 files"},
		{"huge info.txt", made(func(w *writer) { w.set("Notes", strings.Repeat("x", 1<<20)) }), "at most 64 KiB of info.txt"},
		{"no rate", made(func(w *writer) { w.set("Sample Rate", "") }), "sample rate"},
		{"a rate of 0", made(func(w *writer) { w.set("Sample Rate", "0") }), `"0"`},
		{"a huge rate", made(func(w *writer) { w.set("Sample Rate", "1000000") }), "from 10 to 256 Hz"},
		{"a rate in words", made(func(w *writer) { w.set("Sample Rate", "fast") }), `"fast"`},
		{"no scale", made(func(w *writer) { w.set("Acceleration Scale", "").set("Serial Number", "XYZ1") }), `serial number "XYZ1"`},
		{"no scale and no serial number", made(func(w *writer) { w.set("Acceleration Scale", "-3").set("Serial Number", "") }), "acceleration scale"},
		{"only noise", made(func(w *writer) { w.log.Reset(); w.log.WriteString(strings.Repeat("noise", 100)) }), "packets of samples"},
		{"another time", made(func(w *writer) { w.set("Start Date", ticks(begin+10*365*86400)) }), "from another time"},
		{"an unknown calibration", made(func(w *writer) {
			w.members["calibration.json"] = []byte(`{"isCalibrated": false, "calibrationMethod": 3}`)
		}), "method 3"},
		{"no calibration at the rate", made(func(w *writer) {
			w.members["calibration.json"] = []byte(`{"isCalibrated": false, "calibrationMethod": 2}`)
		}), "offsetX_30"},
		{"a broken calibration", made(func(w *writer) { w.members["calibration.json"] = []byte(`{`) }), "readable calibration.json"},
		{"a damaged member", func(t testing.TB) []byte {
			w := good()
			w.stored = true
			return []byte(strings.Replace(string(w.bytes(t)), "Sample Rate: 30", "Sample Rate: 40", 1))
		}, "a damaged one"},
		{"old without start", made(func(w *writer) { old(w); w.set("Start Date", "") }), "a start date"},
		{"old without rate", made(func(w *writer) { old(w); w.set("Sample Rate", "") }), "a sample rate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := format.NewInput("bad.gt3x", tt.file(t))
			if err != nil {
				t.Fatal(err)
			}
			_, err = gt3x.Open(context.Background(), in)
			checkFault(t, err, tt.want)
		})
	}
}

func checkFault(t *testing.T, err error, want string) {
	t.Helper()
	var file *actigraphy.FileError
	switch {
	case !errors.As(err, &file):
		t.Errorf("got %T %v, want a *FileError", err, err)
	case file.File != "bad.gt3x" || file.Advice == "" || !strings.Contains(err.Error(), want):
		t.Errorf("got %v, want %q in it, with the file and advice", err, want)
	}
}

func doubled(t testing.TB) []byte {
	w := newWriter(30).second(activity, 0, walk(30, 1))
	w.members["lag.bin"] = []byte("as long as the other one's name")
	return []byte(strings.ReplaceAll(string(w.bytes(t)), "lag.bin", "log.bin"))
}

func many(t testing.TB) []byte {
	w := newWriter(30).second(activity, 0, walk(30, 1))
	for i := range 1001 {
		w.members[strings.Repeat("x", i+1)] = []byte{1}
	}
	return w.bytes(t)
}

// TestDamagedSamples reports a member whose checksum is wrong behind its samples.
func TestDamagedSamples(t *testing.T) {
	w := newWriter(30)
	w.stored = true
	for s := range int64(100) {
		w.second(activity, s, walk(30, s))
	}
	b := w.bytes(t)
	i := strings.Index(string(b), string(packet(activity, 50, pack12(walk(30, 50), 1, 0, 2))))
	b[i+20] ^= 1
	in, err := format.NewInput("bad.gt3x", b)
	if err != nil {
		t.Fatal(err)
	}
	source, err := gt3x.Open(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range source.Blocks(context.Background()) {
		last = err
	}
	checkFault(t, last, "a damaged one")
}

func TestSniff(t *testing.T) {
	old := newWriter(30)
	old.members["activity.bin"] = []byte{1}
	tests := []struct {
		name string
		head []byte
		want bool
	}{
		{"log.bin", newWriter(30).second(activity, 0, walk(30, 1)).bytes(t), true},
		{"activity.bin", old.bytes(t), true},
		{"an archive of another kind", newWriter(30).bytes(t), false},
		{"a name outside a header", []byte("PK\x03\x04" + strings.Repeat("\x00", 26) + "log.bin activity.bin"), false},
		{"a short header", []byte("PK\x03\x04log.bin"), false},
		{"a text", []byte("log.bin"), false},
		{"nothing", nil, false},
	}
	for _, tt := range tests {
		if got := gt3x.Sniff(tt.head); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
