package omwav

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// header is what stands before the samples.
type header struct {
	channels int
	rate     int
	bits     int
	data     int               // where the samples begin, bytes
	size     int64             // of the samples, as the header states it
	values   map[string]string // lines of "key: value" of the texts
	start    time.Time
	scale    [3]float64 // g at the full range
}

// parseHeader goes through the chunks of a RIFF file up to its samples.
func parseHeader(in *format.Input) (header, error) {
	h := header{values: make(map[string]string)}
	b := in.Head
	for at := 12; at+8 <= len(b); {
		name, size := string(b[at:at+4]), int64(binary.LittleEndian.Uint32(b[at+4:]))
		at += 8
		if name == "data" {
			h.data, h.size = at, size
			return h, h.check(in)
		}
		end := int64(at) + size + size&1
		if end > int64(len(b)) {
			break
		}
		switch body := b[at : int64(at)+size]; {
		case name == "fmt " && size >= 16:
			h.channels, h.rate = int(binary.LittleEndian.Uint16(body[2:])), int(min(binary.LittleEndian.Uint32(body[4:]), 1<<20))
			h.bits = int(binary.LittleEndian.Uint16(body[14:]))
		case name == "LIST" && bytes.HasPrefix(body, []byte("INFO")):
			h.info(body[4:])
		}
		at = int(end)
	}
	return h, refused(in, "samples behind the header", "none in the first 64 KiB")
}

// info reads the texts of an INFO list: lines of a key and a value.
func (h *header) info(b []byte) {
	for len(b) >= 8 {
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		b = b[8:]
		if size > int64(len(b)) {
			return
		}
		text := strings.ToValidUTF8(strings.ReplaceAll(string(b[:size]), "\x00", ""), "")
		for line := range strings.Lines(text) {
			if key, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
				h.values[key] = strings.TrimSpace(value)
			}
		}
		b = b[min(size+size&1, int64(len(b))):]
	}
}

// check wants what the samples cannot be understood without.
func (h *header) check(in *format.Input) error {
	if h.bits != 16 || h.channels < 3 || h.channels > 16 || h.rate < 1 || h.rate > 3200 {
		return refused(in, "3 to 16 channels of 16 bits at 1 to 3200 Hz", strconv.Itoa(h.channels)+" of "+strconv.Itoa(h.bits)+" at "+strconv.Itoa(h.rate))
	}
	var err error
	if h.start, err = time.Parse("2006-01-02 15:04:05.999", h.values["Time"]); err != nil {
		return refused(in, "the time of the first sample", strconv.Quote(h.values["Time"]))
	}
	for i, axis := range []string{"X", "Y", "Z"} {
		n := strconv.Itoa(i + 1)
		if got := h.values["Channel-"+n]; got != "Accel-"+axis {
			return refused(in, "Accel-"+axis+" as channel "+n, strconv.Quote(got))
		}
		h.scale[i], err = strconv.ParseFloat(h.values["Scale-"+n], 64)
		if err != nil || !(h.scale[i] > 0 && h.scale[i] <= 1000) {
			return refused(in, "the range of channel "+n, strconv.Quote(h.values["Scale-"+n]))
		}
	}
	return nil
}

func refused(in *format.Input, expected, found string) error {
	return &actigraphy.FileError{
		File: in.Path, Expected: expected, Found: found,
		Advice: "import the CWA file that it was made of", Err: actigraphy.ErrFormat,
	}
}
