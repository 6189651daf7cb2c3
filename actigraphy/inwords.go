package actigraphy

import (
	"strconv"
	"strings"
	"time"
)

// InWords writes a length of time for people, with the units that it has: "27 h 34 min",
// "24 h", "1 min 30 s", "0.5 s", "-1 h"; to the second from a minute on, else to the millisecond.
func InWords(d time.Duration) string {
	if d < 0 {
		return "-" + InWords(-d)
	}
	if d = d.Round(time.Millisecond); d >= time.Minute {
		d = d.Round(time.Second)
	}
	var words []string
	if h := d / time.Hour; h > 0 {
		words = append(words, strconv.Itoa(int(h))+" h")
	}
	if m := d % time.Hour / time.Minute; m > 0 {
		words = append(words, strconv.Itoa(int(m))+" min")
	}
	if s := (d % time.Minute).Seconds(); s > 0 || len(words) == 0 {
		words = append(words, strconv.FormatFloat(s, 'f', -1, 64)+" s")
	}
	return strings.Join(words, " ")
}

// ListInWords writes lengths of time with commas between them.
func ListInWords(list []time.Duration) string {
	words := make([]string, len(list))
	for i, d := range list {
		words[i] = InWords(d)
	}
	return strings.Join(words, ", ")
}
