package format

import (
	"fmt"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/actilife"
)

// columnNames takes the first line below the header as names, or the columns
// from the device's mode where it is a row. It reports whether it was names.
func (a *actigraphReading) columnNames() bool {
	for n := len(a.fields); n > 1 && len(a.fields[n-1]) == 0; n-- {
		a.fields = a.fields[:n-1] // a spreadsheet pads rows
	}
	named := false
	for _, f := range a.fields {
		if _, ok := number(f, a.mark); !ok && !isTemporal(f) && !missing(f) {
			named = true
		}
	}
	if named {
		a.nameColumns()
	} else {
		a.names = modeColumns(a.h.mode, len(a.fields))
		a.note("The file names no columns; they are %s by the device's mode %d.", strings.Join(known(a.names), ", "), a.h.mode)
	}
	a.size()
	return named
}

// size finds how many rows may be kept.
func (a *actigraphReading) size() {
	a.values = make([][]float64, len(a.names))
	kept := 1
	for _, name := range a.names {
		if name != "" {
			kept++
		}
	}
	a.most = min(maxEpochs, maxCells/kept)
	a.expected = min(a.l.in.linesAbout(), a.most)
}

func (a *actigraphReading) nameColumns() {
	a.names = make([]string, len(a.fields))
	var left []string
	for i, f := range a.fields {
		column := toUTF8(f)
		name, ok := actilife.Name(column)
		switch plain := plainName(column); {
		case ok:
			a.names[i] = name
		case plain == "timestamp" || plain == "datetime":
			a.time.Timestamp = i + 1
		case plain == "date":
			a.time.Date = i + 1
		case plain == "time" || plain == "epoch":
			a.time.TimeOfDay = i + 1
		case column != "":
			left = append(left, fmt.Sprintf("%q", column))
		}
	}
	if len(left) > 0 {
		a.note("Columns that were not read: %s.", strings.Join(left, ", "))
	}
}

// The bits of ActiLife's mode number name the columns of a file without names.
const (
	modeSteps   = 1
	modeHeart   = 2
	modeAxis2   = 4
	modeAxis3   = 8
	modeLux     = 16
	modeIncline = 32
)

// modeColumns returns the columns by the mode, or axis 1 alone where the mode
// does not explain how many there are.
func modeColumns(mode, n int) []string {
	names := []string{actigraphy.ChannelAxis1}
	add := func(bit int, columns ...string) {
		if mode&bit != 0 {
			names = append(names, columns...)
		}
	}
	add(modeAxis2, actigraphy.ChannelAxis2)
	add(modeAxis3, actigraphy.ChannelAxis3)
	add(modeSteps, actigraphy.ChannelSteps)
	add(modeHeart, "")
	add(modeLux, actigraphy.ChannelLight)
	add(modeIncline, "", "", "", "")
	if len(names) == n {
		return names
	}
	names = make([]string, n)
	names[0] = actigraphy.ChannelAxis1
	return names
}

func known(names []string) []string {
	var out []string
	for _, n := range names {
		if n == "" {
			n = "not read"
		}
		out = append(out, n)
	}
	return out
}
