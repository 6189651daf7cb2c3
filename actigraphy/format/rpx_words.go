package format

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	"circascope/actigraphy"
)

// Channels of an Actiware export.
const (
	rpxActivity = "activity"
	rpxOffWrist = "off wrist"
	rpxInterval = "interval status"
)

// rpxNames are the names of columns by what begins or stands in them, in
// English, French, German, Dutch, Spanish, Italian and Portuguese.
var rpxNames = []struct {
	channel string
	prefix  bool
	words   []string
}{
	{rpxActivity, true, []string{"activ", "aktiv", "attiv", "ativ"}},
	{rpxInterval, false, []string{"interval"}},
	{rpxOffWrist, false, []string{"wrist", "poignet", "handgelenk", "pols", "muñeca", "pulso"}},
	{actigraphy.ChannelMarker, true, []string{"mark", "marq", "marc"}},
	{"mobility", true, []string{"mobil", "beweg", "movil"}},
	{actigraphy.ChannelLight, false, []string{"white", "blanche", "weiß", "wit licht", "blanca", "bianca", "branca"}},
	{"red light", false, []string{"red", "rouge", "rotes", "rood", "roja", "rossa", "vermelha"}},
	{"green light", false, []string{"green", "verte", "grün", "groen", "verde"}},
	{"blue light", false, []string{"blue", "bleue", "blau", "azul", "blu"}},
}

// rpxChannel returns the channel that a column holds, "" where it is none.
func rpxChannel(column string) string {
	column = strings.ToLower(column)
	for _, n := range rpxNames {
		for _, w := range n.words {
			if n.prefix && strings.HasPrefix(column, w) || !n.prefix && strings.Contains(column, w) {
				return n.channel
			}
		}
	}
	if strings.Contains(column, "/") {
		if strings.Contains(column, "stat") || strings.Contains(column, "estado") {
			return "sleep/wake status"
		}
		return "sleep/wake"
	}
	return ""
}

// columns names the columns of the epochs; date is the place of the date, with
// the time of day behind it. It reports whether the activity is among them.
func (p *rpxReading) columns(date int) bool {
	columns := make([]epochColumn, len(p.names))
	var left []string
	for i, name := range p.names {
		c := &columns[i]
		if c.name = rpxChannel(name); slices.ContainsFunc(columns[:i], func(o epochColumn) bool { return o.name == c.name }) {
			c.name = ""
		}
		switch {
		case i == date:
			*c = epochColumn{role: roleDate}
		case i == date+1:
			*c = epochColumn{role: roleClock}
		case c.name == rpxInterval:
			c.role, c.code = roleWord, statusCode()
		case c.name != "":
			c.role = roleValue
		case i > date && name != "":
			left = append(left, fmt.Sprintf("%q", name))
		}
	}
	p.rows.columns = columns
	if !slices.Contains(p.rows.names(), rpxActivity) {
		return false
	}
	if len(left) > 0 {
		p.r.Source.Notes = append(p.r.Source.Notes, fmt.Sprintf("Columns that were not read: %s.", strings.Join(left, ", ")))
	}
	return true
}

// statusCode codes the interval status, which stays the same for many rows.
func statusCode() func(word []byte) float64 {
	var last []byte
	code := math.NaN()
	return func(word []byte) float64 {
		if !bytes.Equal(word, last) {
			last, code = append(last[:0], word...), rpxStatus(word)
		}
		return code
	}
}

// rpxStatus codes the interval status: 0 excluded, 1 active, 2 rest, 3 sleep
// within rest, NaN where the word is none of these.
func rpxStatus(word []byte) float64 {
	text := strings.ToLower(toUTF8(word))
	for code, prefixes := range [][]string{
		{"excl", "uitg", "ausg", "escl"},
		{"activ", "actief", "aktiv", "attiv", "ativ"},
		{"rest", "ruhe", "rust", "repos", "ripos", "repous"},
	} {
		for _, p := range prefixes {
			if !strings.Contains(text, p) {
				continue
			}
			if code == 2 && (strings.HasSuffix(text, "-s") || strings.HasPrefix(text, "s-")) {
				return 3
			}
			return float64(code)
		}
	}
	return math.NaN()
}
