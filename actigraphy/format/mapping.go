package format

import (
	"maps"
	"time"

	"circascope/actigraphy"
)

// Mapping says where in a generic CSV what stands. Columns and lines count from
// 1; 0 means there is none.
type Mapping struct {
	Separator string `json:"separator"` // one byte: "," ";" "\t" "|" " "
	Decimal   string `json:"decimal"`   // "." or ","
	Header    int    `json:"header"`    // the line of column names; 0 where there are none
	First     int    `json:"first"`     // the first line of data

	Timestamp int `json:"timestamp,omitempty"` // a column of dates with times, or of Unix seconds or milliseconds
	Date      int `json:"date,omitempty"`      // with TimeOfDay, where they stand in two columns
	TimeOfDay int `json:"time,omitempty"`

	// Start and Epoch say when the rows were recorded where no column does.
	Start actigraphy.LocalTime `json:"start,omitzero"`
	Epoch time.Duration        `json:"epoch_ns,omitempty"`

	Activity int            `json:"activity"`
	Channel  string         `json:"channel"` // what the activity column is called
	Subject  int            `json:"subject,omitempty"`
	Channels map[string]int `json:"channels,omitempty"` // further columns, by channel name

	// Unit is what the activity counts where the user knows better than the names of
	// columns say; zero takes those.
	Unit actigraphy.Unit `json:"unit,omitzero"`

	DateOrder DateOrder `json:"date_order,omitempty"` // "" leaves it to the whole file
}

// Equal reports whether both read a file in the same way.
func (m Mapping) Equal(n Mapping) bool {
	return m.Separator == n.Separator && m.Decimal == n.Decimal && m.Header == n.Header && m.First == n.First &&
		m.Timestamp == n.Timestamp && m.Date == n.Date && m.TimeOfDay == n.TimeOfDay &&
		m.Start.Equal(n.Start) && m.Epoch == n.Epoch &&
		m.Activity == n.Activity && m.Channel == n.Channel && m.Subject == n.Subject && m.Unit == n.Unit &&
		maps.Equal(m.Channels, n.Channels) && m.DateOrder == n.DateOrder
}

// HeaderOf returns the line of column names of a file that is read with the
// mapping, false where it names none or the file's head does not reach it.
func (m Mapping) HeaderOf(in *Input) (string, bool) {
	lines := headLines(in)
	if m.Header < 1 || m.Header > len(lines) {
		return "", false
	}
	return toUTF8(lines[m.Header-1]), true
}

// columns is the mapping without the date order, which is an option of its own.
func (m Mapping) columns() Mapping {
	m.DateOrder = OrderFromFile
	return m
}

// withActivity returns the mapping with another of its channels as the activity. A
// channel that it does not name changes nothing: it was chosen for other files.
func (m Mapping) withActivity(channel string) Mapping {
	column, ok := m.Channels[channel]
	if !ok {
		return m
	}
	m.Channels = maps.Clone(m.Channels)
	delete(m.Channels, channel)
	if m.Channel != "" {
		m.Channels[m.Channel] = m.Activity
	}
	m.Activity, m.Channel = column, channel
	return m
}

// Preview shows a generic CSV to the person who confirms the mapping.
type Preview struct {
	Columns []string   // their names; "column 3" where the file names none
	Rows    [][]string // the first rows of data, as many fields as columns
	Notes   []string   // what was decided and why, in sentences
}
