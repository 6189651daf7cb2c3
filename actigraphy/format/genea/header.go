package genea

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// header is the text before the pages.
type header struct {
	values map[string]string
	size   int // bytes, with the empty line that ends it
	rate   float64
	scale  calibration
}

// parseHeader reads the lines up to the first empty one.
func parseHeader(in *format.Input) (header, error) {
	text, _, found := bytes.Cut(in.Head, []byte("\r\n\r\n"))
	if !found {
		return header{}, refused(in, "a header that ends with an empty line", "none")
	}
	h := header{values: make(map[string]string), size: len(text) + 4}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		h.values[key] = strings.TrimSpace(value)
	}
	rate, err := strconv.ParseFloat(strings.TrimSuffix(h.values["Sample-Rate"], "Hz"), 64)
	if err != nil || !(rate >= 1 && rate <= maxRate) {
		return header{}, refused(in, fmt.Sprintf("a Sample-Rate of 1 to %d Hz", maxRate), strconv.Quote(h.values["Sample-Rate"]))
	}
	h.rate = rate
	if h.scale.offsets, err = triple(h.values["Accel-Offsets"]); err != nil {
		return header{}, refused(in, "three Accel-Offsets", strconv.Quote(h.values["Accel-Offsets"]))
	}
	if h.scale.gains, err = triple(h.values["Accel-Gains"]); err != nil {
		return header{}, refused(in, "three Accel-Gains", strconv.Quote(h.values["Accel-Gains"]))
	}
	return h, nil
}

func triple(text string) (v [3]float64, err error) {
	words := strings.Fields(text)
	if len(words) != len(v) {
		return v, strconv.ErrSyntax
	}
	for i, w := range words {
		n, err := strconv.ParseInt(w, 10, 32)
		if err != nil {
			return v, err
		}
		v[i] = float64(n)
	}
	return v, nil
}

// site is where the device was worn; the header abbreviates it.
func (h *header) site() string {
	switch place := h.values["Body-Location"]; place {
	case "RW":
		return "right wrist"
	case "LW":
		return "left wrist"
	default:
		return strings.ToLower(place)
	}
}

func refused(in *format.Input, expected, found string) error {
	return &actigraphy.FileError{
		File: in.Path, Expected: expected, Found: found, Advice: "copy the file from the device again", Err: actigraphy.ErrFormat,
	}
}
