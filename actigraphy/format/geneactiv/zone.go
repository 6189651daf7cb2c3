package geneactiv

import (
	"strconv"
	"strings"
	"time"
)

// parseZone reads "GMT +05:30". The device keeps the offset it was configured
// with: its clock does not change with the season.
func parseZone(text string) (*time.Location, bool) {
	offset, ok := strings.CutPrefix(strings.ReplaceAll(text, " ", ""), "GMT")
	if !ok {
		return nil, false
	}
	if offset == "" {
		return time.UTC, true
	}
	sign := map[byte]int{'+': 1, '-': -1}[offset[0]]
	hours, minutes, _ := strings.Cut(offset[1:], ":")
	h, errH := strconv.ParseUint(hours, 10, 8)
	m, errM := strconv.ParseUint(minutes, 10, 8)
	if minutes == "" {
		m, errM = 0, nil
	}
	if sign == 0 || errH != nil || errM != nil || h > 14 || m > 59 {
		return nil, false
	}
	return time.FixedZone("GMT"+offset, sign*int(h*3600+m*60)), true
}

// parseTime reads 2012-05-23 16:47:50:000, the time of a page.
func parseTime(text []byte, zone *time.Location) (time.Time, bool) {
	const form = "0000-00-00 00:00:00:000"
	if len(text) != len(form) {
		return time.Time{}, false
	}
	var parts [7]int
	part := 0
	for i := range len(form) {
		switch c := text[i]; {
		case form[i] == '0' && c >= '0' && c <= '9':
			parts[part] = parts[part]*10 + int(c-'0')
		case form[i] == c:
			part++
		default:
			return time.Time{}, false
		}
	}
	year, month, day := parts[0], time.Month(parts[1]), parts[2]
	if year < 2000 || month < 1 || month > 12 || parts[3] > 23 || parts[4] > 59 || parts[5] > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, month, day, parts[3], parts[4], parts[5], parts[6]*int(time.Millisecond), zone)
	return t, t.Day() == day
}
