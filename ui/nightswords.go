package ui

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/actigraphy/sleep"
	"circascope/app"
)

// at returns the time at which an epoch begins.
func (p *nightsPanel) at(epoch int) actigraphy.LocalTime {
	return p.recording.Start.Add(time.Duration(epoch) * p.recording.Epoch)
}

// day names the day of an epoch: as a layout says, or by the weekday alone in a
// recording without dates.
func (p *nightsPanel) day(epoch int, layout string) string {
	if !p.recording.Start.HasDate() {
		layout = "Mon"
	}
	return p.at(epoch).Clock().Format(layout)
}

// clock writes the time of day of an epoch, with seconds where epochs have them.
func (p *nightsPanel) clock(epoch int) string {
	if p.recording.Epoch%time.Minute != 0 {
		return p.at(epoch).Clock().Format("15:04:05")
	}
	return p.at(epoch).Clock().Format("15:04")
}

// chosenWords says of the chosen period when it is, how long, and what comes of it: TST
// and SE, with what they were where it was changed.
func (p *nightsPanel) chosenWords(list []rest.Period) []string {
	period := list[p.chosen]
	in := time.Duration(period.Len()) * p.recording.Epoch
	lines := []string{
		p.day(period.From, "Mon 2 Jan") + "  " + p.clock(period.From) + " – " + p.clock(period.To),
		fmt.Sprintf("%d h %02d min in bed", in/time.Hour, in%time.Hour/time.Minute),
	}
	if len(p.nights) != len(list) {
		return lines
	}
	night := p.nights[p.chosen]
	was, known := p.storedNight(period)
	for _, v := range []struct{ name, unit, is, was string }{
		{"TST", "min", decimal(night.TST, 0), decimal(was.TST, 0)},
		{"SE", "%", decimal(night.SE, 1), decimal(was.SE, 1)},
	} {
		words := v.name + " " + v.is + " " + v.unit
		if known && v.is != v.was {
			words += " (was " + v.was + ")"
		}
		lines[1] += "  ·  " + words
	}
	if !night.Valid() {
		lines = append(lines, "Not valid: "+night.Reason)
	}
	return lines
}

func decimal(v float64, decimals int) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.*f", decimals, v)
}

// storedNight returns the sums of a period as it is stored, and false for one that is
// not, or not in this form.
func (p *nightsPanel) storedNight(period rest.Period) (sleep.Night, bool) {
	if len(p.before) != len(p.rest.Periods) {
		return sleep.Night{}, false
	}
	for i, was := range p.rest.Periods {
		if was.Same(period) {
			return p.before[i], true
		}
	}
	return sleep.Night{}, false
}

// faultWords says why an edit is not possible.
func faultWords(err error) string {
	var fault *rest.Fault
	if errors.As(err, &fault) {
		return "Not done: it " + fault.Why + "."
	}
	return errorWords(err)
}

// editWords counts changes: "1 added, 2 changed".
func editWords(list []rest.Change) string {
	var added, removed, changed int
	for _, c := range list {
		switch {
		case c.Added():
			added++
		case c.Removed():
			removed++
		default:
			changed++
		}
	}
	var parts []string
	for _, n := range []struct {
		n    int
		word string
	}{{changed, "changed"}, {added, "added"}, {removed, "taken away"}} {
		if n.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.n, n.word))
		}
	}
	if len(parts) == 0 {
		return "nothing changed"
	}
	return strings.Join(parts, ", ")
}

// kindWords counts periods by kind: "6 nights, 1 nap".
func kindWords(list []rest.Period) string {
	naps := 0
	for _, p := range list {
		if p.Kind == diary.Nap {
			naps++
		}
	}
	words := count(len(list)-naps, "night")
	if naps > 0 {
		words += ", " + count(naps, "nap")
	}
	return words
}

// restFrom says where rest periods are from.
func restFrom(r app.Rest) string {
	words := []string{}
	switch {
	case r.Layer != nil:
		words = append(words, "Changed by hand. Before: "+cmp.Or(r.Source.Words(), "none")+".", dotted(r.Layer.Author, minuteOf(r.Layer.At), r.Layer.Reason)+".")
	case r.Source != "":
		words = append(words, "Not changed by hand. Source: "+r.Source.Words()+".")
	}
	for _, why := range r.LeftOut {
		words = append(words, sentence(why))
	}
	return strings.Join(words, "\n")
}
