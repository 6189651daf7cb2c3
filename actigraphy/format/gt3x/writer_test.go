package gt3x_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/raw"
)

// Kinds of packets.
const (
	activity   = 0
	event      = 3
	lux        = 5
	parameters = 21
	activity2  = 26
	activity3  = 27
)

const (
	asleep = "\x08"
	awake  = "\x09"
)

// begin is the second of the first packet: 2023-11-14 22:00:00 on the device's
// clock.
const begin = 1_699_999_200

// writer makes a GT3X file.
type writer struct {
	info    []string
	log     bytes.Buffer
	members map[string][]byte // further members
	stored  bool              // not compressed
}

func newWriter(rate int) *writer {
	w := &writer{members: make(map[string][]byte)}
	w.set("Serial Number", "TAS1E00000001")
	w.set("Device Type", "Link")
	w.set("Sample Rate", fmt.Sprint(rate))
	w.set("Start Date", ticks(begin))
	w.set("Stop Date", "0")
	w.set("TimeZone", "01:00:00")
	w.set("Download Date", ticks(begin+30*24*3600))
	w.set("Acceleration Scale", "256.0")
	w.set("Acceleration Max", "8.0")
	w.set("Limb", "Wrist")
	w.set("Subject Name", "P01")
	return w
}

// ticks writes seconds since 1970 as .NET does.
func ticks(second int64) string { return fmt.Sprint(second*10_000_000 + 621_355_968_000_000_000) }

// set writes a line of info.txt; "" leaves it out.
func (w *writer) set(key, value string) *writer {
	for i, line := range w.info {
		if strings.HasPrefix(line, key+":") {
			w.info = append(w.info[:i], w.info[i+1:]...)
			break
		}
	}
	if value != "" {
		w.info = append(w.info, key+": "+value)
	}
	return w
}

// packet writes a packet whose second is counted from begin.
func (w *writer) packet(kind byte, second int64, payload []byte) *writer {
	w.log.Write(packet(kind, second, payload))
	return w
}

func packet(kind byte, second int64, payload []byte) []byte {
	b := []byte{0x1e, kind}
	b = binary.LittleEndian.AppendUint32(b, uint32(begin+second))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(payload)))
	b = append(b, payload...)
	sum := byte(0)
	for _, c := range b {
		sum ^= c
	}
	return append(b, ^sum)
}

// second writes the samples of steps as a packet of a kind.
func (w *writer) second(kind byte, second int64, steps [][3]int16) *writer {
	switch kind {
	case activity:
		return w.packet(kind, second, pack12(steps, 1, 0, 2))
	case activity3:
		return w.packet(kind, second, pack12(steps, 0, 1, 2))
	default:
		return w.packet(kind, second, pack16(steps))
	}
}

func pack12(steps [][3]int16, axes ...int) []byte {
	var nibbles []byte
	for _, s := range steps {
		for _, a := range axes {
			v := uint16(s[a])
			nibbles = append(nibbles, byte(v>>8&0xf), byte(v>>4&0xf), byte(v&0xf))
		}
	}
	if len(nibbles)%2 == 1 {
		nibbles = append(nibbles, 0)
	}
	b := make([]byte, len(nibbles)/2)
	for i := range b {
		b[i] = nibbles[2*i]<<4 | nibbles[2*i+1]
	}
	return b
}

func pack16(steps [][3]int16) []byte {
	var b []byte
	for _, s := range steps {
		for _, v := range s {
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		}
	}
	return b
}

// walk returns n samples that differ in everything: steps of 12 bits from a seed.
func walk(n int, seed int64) [][3]int16 {
	steps := make([][3]int16, n)
	for i := range steps {
		for j := range steps[i] {
			steps[i][j] = int16((seed*7919+int64(i*31+j*1009))%4096 - 2048)
		}
	}
	return steps
}

func (w *writer) bytes(t testing.TB) []byte {
	t.Helper()
	members := map[string][]byte{"info.txt": []byte(strings.Join(w.info, "\r\n") + "\r\n")}
	if w.log.Len() > 0 {
		members["log.bin"] = w.log.Bytes()
	}
	for name, content := range w.members {
		members[name] = content
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range members {
		method := zip.Deflate
		if w.stored {
			method = zip.Store
		}
		if content == nil {
			continue
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *writer) input(t testing.TB) *format.Input {
	t.Helper()
	in, err := format.NewInput("made.gt3x", w.bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// open opens what the writer wrote.
func (w *writer) open(t testing.TB) raw.Source {
	t.Helper()
	source, err := gt3x.Open(context.Background(), w.input(t))
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// run is a block whose buffers are its own. Seconds are counted from begin.
type run struct {
	from    float64
	held    bool
	rate    float64
	light   float64
	x, y, z []float64
}

func runs(t testing.TB, source raw.Source) []run {
	t.Helper()
	var out []run
	for b, err := range source.Blocks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, run{
			wall(b.Start) - begin, b.Held, b.Rate, b.Light,
			append([]float64(nil), b.X...), append([]float64(nil), b.Y...), append([]float64(nil), b.Z...),
		})
	}
	return out
}

// wall returns the device's clock in seconds since 1970.
func wall(at time.Time) float64 {
	_, offset := at.Zone()
	return float64(at.UnixNano()+int64(offset)*1e9) / 1e9
}
