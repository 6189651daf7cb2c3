package gt3x_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/raw"
)

// maxFuzzed bounds the inputs, so that a fuzzer's time goes into their shape.
const maxFuzzed = 1 << 20

// FuzzArchive reads any bytes.
func FuzzArchive(f *testing.F) {
	for _, w := range seeds() {
		f.Add(w.bytes(f))
		w.stored = true
		f.Add(w.bytes(f))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > maxFuzzed {
			t.Skip()
		}
		checkAny(t, content)
	})
}

// FuzzLog reads any packets in a sound archive, which a fuzzer rarely makes.
func FuzzLog(f *testing.F) {
	for _, w := range seeds() {
		f.Add(w.log.Bytes(), "Sample Rate: 30\nTimeZone: 01:00:00")
	}
	f.Fuzz(func(t *testing.T, packets []byte, info string) {
		if len(packets)+len(info) > maxFuzzed {
			t.Skip()
		}
		w := newWriter(30)
		w.stored = true
		w.info = append(w.info, info)
		w.log.Write(packets)
		checkAny(t, w.bytes(t))
	})
}

func seeds() []*writer {
	log := newWriter(30).packet(lux, -1, []byte{5, 0})
	for s := range int64(3) {
		log.second(activity, s, walk(30, s))
	}
	log.packet(event, 3, []byte(asleep)).packet(event, 70, []byte(awake)).second(activity2, 70, walk(30, 70)).second(activity3, 71, walk(30, 71))
	setup := newWriter(30).set("Acceleration Scale", "").packet(parameters, 0, []byte{0, 0, 0x37, 0, 0, 0, 0x40, 0x0a}).second(activity2, 0, walk(30, 1))
	old := newWriter(30).set("Serial Number", "NEO1")
	old.members["activity.bin"] = pack12(walk(61, 5), 1, 0, 2)
	old.members["lux.bin"] = []byte{30, 0, 255, 255}
	calibrated := newWriter(30).second(activity2, 0, walk(30, 1))
	calibrated.members["calibration.json"] = []byte(`{"isCalibrated": true, "calibrationMethod": 1}`)
	return []*writer{log, setup, old, calibrated}
}

// checkAny wants blocks in order of time with finite samples, or a *FileError.
func checkAny(t *testing.T, content []byte) {
	t.Helper()
	in, err := format.NewInput("fuzzed", content)
	if err != nil {
		return
	}
	source, err := gt3x.Open(context.Background(), in)
	if err != nil {
		checkKind(t, err)
		return
	}
	end, n := source.Header().Start.Clock().UnixNano(), 0
	for b, err := range source.Blocks(context.Background()) {
		if err != nil {
			checkKind(t, err)
			return
		}
		if n == 0 && !b.Start.Equal(source.Header().Start.Clock()) {
			t.Errorf("first block at %v, header says %v", b.Start, source.Header().Start)
		}
		n++
		checkBlock(t, b)
		if b.Start.UnixNano() < end {
			t.Fatalf("block %d at %v overlaps the one before", n, b.Start)
		}
		end = b.Start.UnixNano() + int64(float64(len(b.X)-1)/b.Rate*1e9)
		if n > 100 {
			return // two years of sleep are possible, and long
		}
	}
}

func checkBlock(t *testing.T, b *raw.Block) {
	t.Helper()
	if len(b.X) == 0 || len(b.X) != len(b.Y) || len(b.X) != len(b.Z) || b.Rate <= 0 || b.Light < 0 {
		t.Fatalf("got %d, %d, %d samples at %v Hz, light %v", len(b.X), len(b.Y), len(b.Z), b.Rate, b.Light)
	}
	for i := range b.X {
		if s := b.X[i] + b.Y[i] + b.Z[i]; math.IsNaN(s) || math.IsInf(s, 0) {
			t.Fatalf("sample %d: got %v, %v, %v", i, b.X[i], b.Y[i], b.Z[i])
		}
	}
}

func checkKind(t *testing.T, err error) {
	t.Helper()
	var file *actigraphy.FileError
	if !errors.As(err, &file) {
		t.Errorf("got %T %v, want a *FileError", err, err)
	}
}
