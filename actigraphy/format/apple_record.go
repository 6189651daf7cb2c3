package format

import (
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/xmlscan"
)

// Limits of an export: sources of one quantity, and records of it in memory.
const (
	maxAppleSources = 1000
	maxAppleRecords = 10_000_000
	longestRecord   = 3600 // seconds; a longer one is a total, not an epoch
)

// appleRecord is what a source counted in a span of time.
type appleRecord struct {
	start  int64 // Unix seconds
	length int32 // seconds
	offset int16 // minutes east of UTC
	value  float64
}

// appleSource is what one app or device counted.
type appleSource struct {
	name    string
	device  string
	unit    string
	records []appleRecord
	totals  int     // records left out for their length
	total   float64 // their sum
}

// record keeps a record of the quantity that was chosen.
func (a *apple) record(attributes []byte) error {
	var kind, source, device, unit, start, end, value []byte
	for {
		name, v, rest, ok, err := xmlscan.Attribute(attributes)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		attributes = rest
		switch string(name) {
		case "type":
			if kind = v; string(v) != a.choice.identifier {
				a.others[string(v)]++
				return nil
			}
		case "sourceName":
			source = v
		case "device":
			device = v
		case "unit":
			unit = v
		case "startDate":
			start = v
		case "endDate":
			end = v
		case "value":
			value = v
		}
	}
	if kind == nil {
		return wrong("a record with a type", "none")
	}
	if a.choice.source != "" && plainText(source) != a.choice.source {
		a.others[a.choice.identifier]++
		return nil
	}
	s, err := a.source(source, device, unit)
	if err != nil {
		return err
	}
	return a.keep(s, start, end, value)
}

// source returns the source of that name.
func (a *apple) source(name, device, unit []byte) (*appleSource, error) {
	s, ok := a.sources[string(name)]
	if !ok {
		if len(a.sources) == maxAppleSources {
			return nil, wrong(fmt.Sprintf("at most %d sources", maxAppleSources), "more")
		}
		s = &appleSource{name: plainText(name), unit: plainText(unit)}
		a.sources[string(name)] = s
	}
	if s.unit != string(unit) && s.unit != plainText(unit) {
		return nil, wrong("one unit for "+a.choice.channel+", "+s.unit, quoted(unit))
	}
	if s.device == "" && len(device) > 0 {
		s.device = appleDevice(plainText(device))
	}
	return s, nil
}

// appleDevice takes the maker and the hardware from a description such as
// <<HKDevice: 0x1>, name:iPhone, manufacturer:Apple, hardware:iPhone8,1, software:10.0>.
func appleDevice(text string) string {
	part := func(key string) string {
		_, after, _ := strings.Cut(text, key+":")
		for _, end := range []string{", manufacturer:", ", model:", ", hardware:", ", software:", ", creation date:", ">"} {
			after, _, _ = strings.Cut(after, end)
		}
		return strings.TrimSpace(after)
	}
	return strings.TrimSpace(part("manufacturer") + " " + part("hardware"))
}

func (a *apple) keep(s *appleSource, start, end, value []byte) error {
	from, offset, ok1 := appleTime(start)
	to, _, ok2 := appleTime(end)
	v, ok3 := number(value, '.')
	switch {
	case !ok1:
		return wrong("a startDate as in 2017-01-22 18:57:52 +0200", quoted(start))
	case !ok2:
		return wrong("an endDate as in 2017-01-22 18:57:52 +0200", quoted(end))
	case to < from:
		return wrong("an endDate after "+string(start), quoted(end))
	case !ok3 || v < 0 || v > actigraphy.MaxActivity:
		return wrong("a value of at least 0", quoted(value))
	case to-from > longestRecord:
		s.totals++
		s.total += v
		return nil
	}
	if a.records++; a.records > maxAppleRecords {
		return wrong(fmt.Sprintf("at most %d records of %s", maxAppleRecords, a.choice.channel), "more")
	}
	s.records = append(s.records, appleRecord{from, int32(to - from), offset, v})
	return nil
}

// appleTime parses a time as Apple writes it, in Unix seconds, with its offset
// from UTC in minutes.
func appleTime(b []byte) (at int64, offset int16, ok bool) {
	var s stamp
	if !s.parse(b) || !s.zoned || !s.yearFirst {
		return 0, 0, false
	}
	days, ok := s.days(YearMonthDay)
	return days*(day/second) + s.clock/second - int64(s.offset)*60, s.offset, ok
}

// zoneOf returns the offset of a record as a zone.
func (r appleRecord) zoneOf() *time.Location {
	if r.offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", int(r.offset)*60)
}

// share spreads the record over minutes: add is called with the Unix minute and
// the share of the value that falls into it. A record without length falls into
// the minute that it stands in.
func (r appleRecord) share(add func(minute int64, value float64)) {
	end := r.start + int64(r.length)
	if r.length == 0 {
		add(r.start/60, r.value)
		return
	}
	for at := r.start; at < end; {
		next := min(at-mod(at, 60)+60, end)
		add((at-mod(at, 60))/60, r.value*float64(next-at)/float64(r.length))
		at = next
	}
}

// mod is the remainder of a division that rounds down, for times before 1970.
func mod(a, b int64) int64 { return ((a % b) + b) % b }

// nanFilled returns n values that are missing.
func nanFilled(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
