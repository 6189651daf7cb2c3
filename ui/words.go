package ui

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"circascope/actigraphy"
	"circascope/models"
)

// count writes a number with its noun, for example "1 week" and "47 weeks".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if noun == "person" {
		return fmt.Sprintf("%d people", n)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// length writes how long a recording is, in days and hours.
func length(epochs int, epoch time.Duration) string {
	d := (time.Duration(epochs) * epoch).Round(time.Minute)
	if d < 24*time.Hour {
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	}
	d = d.Round(time.Hour)
	days, hours := d/(24*time.Hour), d%(24*time.Hour)/time.Hour
	if hours == 0 {
		return fmt.Sprintf("%d d", days)
	}
	return fmt.Sprintf("%d d %d h", days, hours)
}

// share writes a part of a whole in percent, with "<" where rounding would
// make something nothing.
func share(part, whole int) string {
	if whole == 0 || part == 0 {
		return "0 %"
	}
	p := 100 * float64(part) / float64(whole)
	if p < 0.1 {
		return "<0.1 %"
	}
	return fmt.Sprintf("%.1f %%", p)
}

// startOf writes when a recording began, to the minute.
func startOf(t actigraphy.LocalTime) string {
	switch {
	case t.IsZero():
		return "unknown"
	case t.HasDate():
		return t.Clock().Format("2006-01-02 15:04")
	default:
		return t.Clock().Format("Mon 15:04")
	}
}

// sizes writes model sizes in a line, for example "S M L".
func sizes(list []models.Size) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return strings.Join(names, " ")
}

// seconds writes a short time with three significant digits.
func seconds(s float64) string {
	switch {
	case math.IsNaN(s) || s <= 0:
		return "-"
	case s < 1:
		return fmt.Sprintf("%.3g ms", s*1000)
	default:
		return fmt.Sprintf("%.3g s", s)
	}
}

// remaining writes the time left to the end of a job.
func remaining(d time.Duration) string {
	if d < time.Second {
		return "a moment left"
	}
	if d < time.Minute {
		return fmt.Sprintf("about %.0f s left", d.Seconds())
	}
	return "about " + duration(d) + " left"
}

// duration writes how long something took.
func duration(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		d = d.Round(time.Second)
		return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	default:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	}
}

// weekFrom writes the stored start of a week as startOf does.
func weekFrom(start string) string {
	t, err := actigraphy.ParseLocalTime(start)
	if err != nil {
		return start
	}
	return startOf(t)
}

// bytesOf writes the size of a file.
func bytesOf(n int64) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	default:
		return fmt.Sprintf("%d bytes", n)
	}
}

// moment writes a stored time, RFC 3339 in UTC, for reading.
func moment(stored string) string {
	return strings.NewReplacer("T", " ", "Z", " UTC").Replace(stored)
}

// sentence writes a text with a capital letter.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// dotted joins the words that are there.
func dotted(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "  ·  ")
}

// entriesWords counts the entries of a diary.
func entriesWords(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}
