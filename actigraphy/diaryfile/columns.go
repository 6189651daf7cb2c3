package diaryfile

import (
	"slices"
	"strings"

	"circascope/actigraphy/format"
	"circascope/actigraphy/sheet"
)

// role is what a column of a diary holds.
type role string

// The roles of columns. A time stands in one column, or its date and its time of
// day in two.
const (
	subject  role = "participant"
	kind     role = "kind"
	from     role = "start"
	fromDate role = "date of the start"
	fromTime role = "time of day of the start"
	to       role = "end"
	toDate   role = "date of the end"
	toTime   role = "time of day of the end"
	asleep   role = "sleep attempt"
	awake    role = "final awakening"
	note     role = "note"
)

// names are the names of columns, in lower case letters and digits alone: of our own
// table, of pyActigraphy's diary and SST log, of ActiLife's diary and batch export, of
// GGIR's, and of diaries kept in REDCap.
var names = map[role][]string{
	subject:  {"participant", "subject", "subjectid", "subjectname", "id", "recordid", "participantid", "name", "filename"},
	kind:     {"kind", "type", "event"},
	from:     {"bed", "bedtime", "inbedtime", "inbed", "start", "starttime", "from", "gotobed", "timetobed"},
	fromDate: {"inbeddate", "beddate", "startdate", "datebed"},
	fromTime: {"inbedclock", "bedclock", "startclock"},
	to:       {"rise", "risetime", "outbedtime", "outofbed", "outofbedtime", "outbed", "end", "endtime", "stop", "stoptime", "getuptime", "getup", "to", "uptime"},
	toDate:   {"outbeddate", "risedate", "enddate", "stopdate"},
	toTime:   {"outbedclock", "riseclock", "endclock", "stopclock"},
	asleep:   {"lightsoff", "lightsout", "sleep", "sleeptime", "asleep", "trytosleep", "onset"},
	awake:    {"awake", "wake", "waketime", "wakeup", "offset", "finalawakening", "wakeuptime"},
	note:     {"note", "notes", "remarks", "remark", "comment", "comments"},
}

// columns are the places of the roles, counted from 0; -1 where there is none.
type columns map[role]int

// find looks for the roles in a line of names. A role whose first names are taken
// gets none of the later ones.
func find(row sheet.Row) columns {
	c := columns{}
	for r, known := range names {
		c[r] = -1
		for _, name := range known {
			at := slices.IndexFunc(row.Cells, func(cell string) bool { return plain(cell) == name })
			if at >= 0 {
				c[r] = at
				break
			}
		}
	}
	return c.split()
}

// split takes "In Bed Date" and "In Bed Time" as the two halves of one time: where
// a date stands in a column of its own, the column of the time holds the time of
// day. A date without such a column is not the entry's.
func (c columns) split() columns {
	for _, p := range []struct{ whole, date, clock role }{{from, fromDate, fromTime}, {to, toDate, toTime}} {
		if c[p.date] >= 0 && c[p.clock] < 0 && c[p.whole] == c[p.date]+1 {
			c[p.clock], c[p.whole] = c[p.whole], -1
		}
		if c[p.clock] < 0 {
			c[p.date] = -1
		}
	}
	return c
}

func plain(name string) string { return format.PlainName(strings.TrimSpace(name)) }

// complete reports whether an entry's start and end can be read.
func (c columns) complete() bool {
	return (c[from] >= 0 || c[fromDate] >= 0) && (c[to] >= 0 || c[toDate] >= 0)
}

// cell returns the text of a time: of one column, or of a date and a time of day.
func (c columns) cell(row sheet.Row, whole, date, clock role) string {
	if c[whole] >= 0 {
		return row.Cell(c[whole])
	}
	return strings.TrimSpace(row.Cell(c[date]) + " " + row.Cell(c[clock]))
}
