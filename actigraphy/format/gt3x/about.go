package gt3x

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy/format/internal/actilife"
	"circascope/actigraphy/raw"
)

// about is what info.txt says.
type about struct {
	subject, serial, model, firmware, limb string

	rate  int     // samples a second; 0 where it is not named
	scale float64 // steps of a sample for 1 g; 0 where it is not named
	span  float64 // largest acceleration, g; 0 where it is not named

	start, stop, last, download int64 // seconds on the device's clock since 1970; 0 where not named

	zone  *time.Location // of the device's clock; nil where none is named
	notes []string
}

// about reads info.txt: a line "key: value" each.
func (a *archive) about() (*about, error) {
	text, err := a.text(infoMember)
	if err != nil {
		return nil, err
	}
	values := make(map[string]string)
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		if key, value, ok := strings.Cut(string(line), ":"); ok {
			values[strings.TrimSpace(key)] = strings.TrimSpace(strings.ToValidUTF8(value, "?"))
		}
	}
	d := &about{
		subject: values["Subject Name"], serial: values["Serial Number"],
		model: values["Device Type"], firmware: values["Firmware"], limb: values["Limb"],
		start: ticks(values["Start Date"]), stop: ticks(values["Stop Date"]),
		last: ticks(values["Last Sample Time"]), download: ticks(values["Download Date"]),
		scale: decimal(values["Acceleration Scale"]),
		span:  max(math.Abs(decimal(values["Acceleration Max"])), math.Abs(decimal(values["Acceleration Min"]))),
	}
	d.zoneOf(values["TimeZone"])
	if text := values["Sample Rate"]; text != "" {
		if d.rate, err = sampleRate(text); err != nil {
			return nil, a.fault("a sample rate in info.txt "+rates, strconv.Quote(text), "download the device again", nil)
		}
	}
	return d, nil
}

// Rates of ActiGraph devices are 30 to 100 Hz, 32 Hz in special firmware.
const (
	slowest = 10
	fastest = 256
)

var rates = fmt.Sprintf("from %d to %d Hz", slowest, fastest)

func sampleRate(text string) (int, error) {
	v := decimal(text)
	if v != math.Trunc(v) || v < slowest || v > fastest {
		return 0, strconv.ErrRange
	}
	return int(v), nil
}

// decimal reads a number with a point or, as Windows writes it in much of Europe,
// a comma; 0 where there is none.
func decimal(text string) float64 {
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0
	}
	return v
}

// ticks reads a time of .NET, which counts 100 ns since the year 1, in seconds
// since 1970; 0 where there is none.
func ticks(text string) int64 {
	const atUnixEpoch, perSecond = 621_355_968_000_000_000, 10_000_000
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < atUnixEpoch {
		return 0
	}
	return (n - atUnixEpoch) / perSecond
}

// furthest is the largest offset from UTC of a zone, in seconds.
const furthest = 14 * 60 * 60

// zoneOf reads an offset from UTC such as -05:00:00.
func (d *about) zoneOf(text string) {
	if text == "" {
		d.note("The file names no time zone; times are those of the device's clock.")
		return
	}
	clock, negative := strings.CutPrefix(text, "-")
	parts := strings.Split(clock, ":")
	seconds := 0
	for _, p := range parts {
		n, err := strconv.ParseUint(p, 10, 8)
		if err != nil {
			n = math.MaxUint8 // beyond every zone
		}
		seconds = seconds*60 + int(n)
	}
	if seconds > furthest || len(parts) != 3 {
		d.note("The time zone %q in info.txt is none; times are those of the device's clock.", text)
		return
	}
	if negative {
		seconds = -seconds
	}
	d.zone = time.FixedZone("", seconds)
	d.note("The device's clock was set %s from UTC and does not change to or from summer time.", text)
}

func (d *about) note(format string, args ...any) {
	d.notes = append(d.notes, fmt.Sprintf(format, args...))
}

// header puts into the domain's words what is known once the first sample, the
// rate and the scale are.
func (d *about) header(first int64) raw.Header {
	h := raw.Header{
		Subject: d.subject, Site: actilife.Site(d.limb),
		Device: strings.Join(strings.Fields("ActiGraph "+d.model+" "+d.serial), " "),
		Start:  d.local(first), Rate: float64(d.rate), Range: d.span, Notes: d.notes,
	}
	if h.Range == 0 {
		h.Range = math.Round(2048 / d.scale) // 12 bits; ActiGraph's are 6 g and 8 g
	}
	return h
}
