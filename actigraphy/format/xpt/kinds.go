package xpt

import (
	"fmt"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// seqn is the column of participants in every table of NHANES.
const seqn = "SEQN"

// kind is a table of minutes that is read.
type kind struct {
	activity string   // the channel
	needs    []string // columns beside SEQN
	takes    []string // columns that are read where they are there
	read     func(p *person) (*actigraphy.Recording, error)
}

var kinds = []*kind{
	{
		activity: "PAXINTEN", read: readRaw,
		needs: []string{"PAXDAY", "PAXN", "PAXHOUR", "PAXMINUT", "PAXINTEN"},
		takes: []string{"PAXSTEP", "PAXSTAT", "PAXCAL"},
	},
	{
		activity: "PAXMTSM", read: readMinutes,
		needs: []string{"PAXDAYM", "PAXDAYWM", "PAXSSNMP", "PAXMTSM"},
		takes: []string{"PAXPREDM", "PAXLXMM", "PAXTSM", "PAXQFM"},
	},
}

// others are tables of NHANES that hold no minutes, by one of their columns.
var others = []struct{ column, is, advice string }{
	{"RIAGENDR", "demographics (DEMO)", "import it as a table of participants; it holds no recording"},
	{"RIDAGEYR", "demographics (DEMO)", "import it as a table of participants; it holds no recording"},
	{"PAXFTIME", "headers of the activity monitor (PAXHD)", "import PAXMIN, which holds the minutes"},
	{"PAXMTSD", "days of the activity monitor (PAXDAY)", "import PAXMIN, which holds the minutes"},
	{"PAXMTSH", "hours of the activity monitor (PAXHR)", "import PAXMIN, which holds the minutes"},
}

// kindOf finds what the table is, or refuses it.
func kindOf(in *format.Input, t *table) (*kind, error) {
	c, named := t.column(seqn)
	for _, k := range kinds {
		if named && !c.text && t.has(k.needs) {
			return k, nil
		}
	}
	fault := &actigraphy.FileError{
		File:     in.Path,
		Expected: "NHANES minutes: " + seqn + " with " + strings.Join(kinds[0].needs, ", ") + " (PAXRAW) or " + strings.Join(kinds[1].needs, ", ") + " (PAXMIN)",
		Found:    fmt.Sprintf("the table %q of %d columns: %s", t.name, len(t.columns), t.names()),
		Advice:   "write a recording of another study as CSV", Err: actigraphy.ErrFormat,
	}
	for _, o := range others {
		if _, ok := t.column(o.column); ok && named {
			fault.Found, fault.Advice = fmt.Sprintf("the table %q, %s", t.name, o.is), o.advice
			break
		}
	}
	return nil, fault
}

func (t *table) has(names []string) bool {
	for _, n := range names {
		if _, ok := t.column(n); !ok {
			return false
		}
	}
	return true
}

// names lists the first columns.
func (t *table) names() string {
	const most = 8
	var names []string
	for _, c := range t.columns[:min(len(t.columns), most)] {
		names = append(names, c.name)
	}
	if len(t.columns) > most {
		names = append(names, "and more")
	}
	return strings.Join(names, ", ")
}
