package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

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
		a.r.Subject = toUTF8(text)
		if len(text) == 0 {
			a.r.Subject = stem(a.l.in.Name)
			a.r.Source.Notes = append(a.r.Source.Notes, "The file names no participant; its file name was taken.")
		}
		a.r.Source.Subject, a.r.Source.Channel = a.r.Subject, "activity"
	case 1:
		if _, ok := awdDate(text); !ok {
			return a.l.fault("a date as in 23-Jan-2018", quoted(text), "correct the header line")
		}
	case 2:
		if _, ok := awdClock(text); !ok {
			return a.l.fault("a time as in 13:58 or 01:58 PM", quoted(text), "correct the header line")
		}
	case 3:
		epoch, ok := awdEpochs[string(text)]
		if !ok {
			return a.l.fault("an epoch code: 1 (15 s), 2 (30 s), 4 (1 min), 8 (2 min), 20 (5 min) or 81 (2 s)", quoted(text),
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
	case 'l':
		return actigraphy.ChannelLight
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
