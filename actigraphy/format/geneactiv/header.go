package geneactiv

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// header is the text before the first page.
type header struct {
	values map[string]string // by section and key: "Configuration Info/Time Zone"
	lines  map[string]int    // where each stands, counted from 1
}

// parseHeader reads the lines up to the first page. Notes of people may run over
// several lines and hold anything; a key that is known already keeps its value.
func parseHeader(text []byte) header {
	h := header{values: make(map[string]string), lines: make(map[string]int)}
	section := ""
	for n := 1; len(text) > 0; n++ {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		key, value, pair := strings.Cut(strings.TrimSpace(string(line)), ":")
		switch name := section + "/" + key; {
		case key == firstOfPage && !pair:
			return h
		case !pair && sections[key]:
			section = key
		case pair && h.lines[name] == 0:
			h.values[name], h.lines[name] = plain(value), n
		}
	}
	return h
}

// sections are the parts of a header whose values are used.
var sections = map[string]bool{
	"Device Identity": true, "Device Capabilities": true, "Configuration Info": true, "Trial Info": true,
	"Subject Info": true, "Calibration Data": true, "Memory Status": true,
}

// plain is a value without its filling, which may be zeros.
func plain(value string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(value, "\x00", " "), ""))
}

func (h *header) get(section, key string) string { return h.values[section+"/"+key] }

// number reads a value that the samples cannot be understood without.
func (h *header) number(in *format.Input, section, key string) (float64, error) {
	text := h.get(section, key)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, &actigraphy.FileError{
			File: in.Path, Line: h.lines[section+"/"+key], Expected: fmt.Sprintf("a number after %q in %q", key, section),
			Found: strconv.Quote(text), Advice: "extract the file from the device again",
		}
	}
	return v, nil
}

// rate is the configured number of samples a second; the unit follows it.
func (h *header) rate() float64 {
	number, _, _ := strings.Cut(h.get("Configuration Info", "Measurement Frequency"), " ")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0
	}
	return exactRate(v)
}

// masterClock is what GENEActiv divides to get its rates: 85.7 Hz is 600/7 and
// 66.7 Hz 600/9. A page of 300 samples lasts half as many seconds as the divisor.
const masterClock = 600

// exactRate undoes the rounding of a rate to one decimal; 0 where it is none.
func exactRate(v float64) float64 {
	if !(v >= 1 && v <= masterClock) {
		return 0
	}
	if exact := masterClock / math.Round(masterClock/v); math.Abs(exact-v) <= 0.05 {
		return exact
	}
	return v
}

// pages is the number of pages that the header announces; 0 where it says none.
func (h *header) pages() int {
	n, err := strconv.Atoi(h.get("Memory Status", "Number of Pages"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// describe says what the header tells of the recording.
func (h *header) describe() raw.Header {
	words := []string{h.get("Device Identity", "Device Type"), h.get("Device Identity", "Device Model"), h.get("Device Identity", "Device Unique Serial Code")}
	out := raw.Header{
		Subject: h.get("Subject Info", "Subject Code"),
		Device:  strings.Join(strings.Fields(strings.Join(words, " ")), " "),
		Site:    strings.ToLower(h.get("Subject Info", "Device Location Code")),
	}
	_, upper, _ := strings.Cut(h.get("Device Capabilities", "Accelerometer Range"), " to ")
	if v, err := strconv.ParseFloat(upper, 64); err == nil && v > 0 && v < 1000 {
		out.Range = v
	}
	return out
}
