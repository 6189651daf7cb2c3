package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"circascope/actigraphy"
)

func (a *awdReading) header() error {
	var h [awdHeader][]byte
	for i := range h {
		line, err := a.l.next()
		if errors.Is(err, io.EOF) {
			return a.l.truncated("seven header lines")
		}
		if err != nil {
			return err
		}
		h[i] = bytes.Clone(bytes.TrimSpace(line))
		if bytes.ContainsFunc(h[i], func(r rune) bool { return unicode.IsControl(r) && r != '\t' }) {
			return a.l.fault("a header line without control characters", quoted(h[i]), "the file is damaged; export or copy it again")
		}
		if err := a.headerLine(i, h[i]); err != nil {
			return err
		}
	}
	date, _ := awdDate(h[1])
	clock, _ := awdClock(h[2])
	a.r.Start = actigraphy.Naive(date.Add(clock))
	return nil
}

func (a *awdReading) headerLine(i int, text []byte) error {
	switch i {
	case 0:
		nameSubject(a.r, a.l.in, toUTF8(text))
		a.r.Source.Channel = "activity"
	case 1:
		if _, ok := awdDate(text); !ok {
			return a.l.fault("a date as in 23-Jan-2018", quoted(text), "correct the header line")
		}
	case 2:
		if _, ok := awdClock(text); !ok {
			return a.l.fault("a time as in 13:58 or 01:58 PM", quoted(text), "correct the header line")
		}
	case 3:
		epoch, ok := awdEpochs[strings.ToUpper(string(text))]
		if !ok {
			return a.l.fault("an epoch code: 1 (15 s), 2 (30 s), 4 (1 min), 8 (2 min), 20 (5 min), 81 (2 s), C1 (5 s) or C2 (10 s)", quoted(text),
				"check the file; tell us about the device if the code is right")
		}
		a.r.Epoch = epoch
		a.r.Source.Notes = append(a.r.Source.Notes, fmt.Sprintf("Epoch code %s means %g s.", text, epoch.Seconds()))
	case 5:
		a.serial = toUTF8(text)
		a.r.Device = strings.TrimSpace(awdModel(a.serial) + " " + a.serial)
	}
	return nil
}

// awdModel names the model by the first letter of the serial number.
func awdModel(serial string) string {
	if serial == "" {
		return "Actiwatch"
	}
	switch serial[0] | 0x20 {
	case 'd':
		return "Actiwatch 7 (light)"
	case 'm':
		return "Actiwatch Mini"
	case 'p':
		return "Actiwatch-L-Plus (light)"
	case 't':
		return "Actiwatch-T (temperature)"
	case 'v':
		return "Actiwatch 4"
	case 'l':
		return "Actiwatch-L (light)"
	case 'i':
		return "Actiwatch-Insomnia (pressure)"
	case 's':
		return "Actiwatch-S (sound)"
	default:
		return "Actiwatch"
	}
}

// awdLevel names what the second column measures.
func awdLevel(serial string) string {
	if serial == "" {
		return "level"
	}
	switch serial[0] | 0x20 {
	case 'd', 'l', 'p':
		return actigraphy.ChannelLight
	case 't':
		return actigraphy.ChannelTemperature
	case 's':
		return "sound"
	case 'i':
		return "pressure"
	default:
		return "level"
	}
}

// awdDate parses 23-Jan-1918.
func awdDate(b []byte) (time.Time, bool) {
	t, err := time.Parse("2-Jan-2006", string(b))
	return t, err == nil && inCalendar(t.Year())
}

// awdClock parses 13:58, 13:58:00 and 09:38:00 AM.
func awdClock(b []byte) (time.Duration, bool) {
	ns, ok := clock(b)
	return time.Duration(ns), ok
}
