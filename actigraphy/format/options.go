package format

import (
	"time"

	"circascope/actigraphy"
)

// DateOrder says in which order day, month and year stand in a date.
type DateOrder string

// The date orders. OrderFromFile leaves the decision to the file; a file that
// can be read both ways is then refused.
const (
	OrderFromFile DateOrder = ""
	YearMonthDay  DateOrder = "ymd"
	DayMonthYear  DateOrder = "dmy"
	MonthDayYear  DateOrder = "mdy"
)

// Valid reports whether o is one of the date orders.
func (o DateOrder) Valid() bool {
	switch o {
	case OrderFromFile, YearMonthDay, DayMonthYear, MonthDayYear:
		return true
	default:
		return false
	}
}

// words names the order for notes and errors.
func (o DateOrder) words() string {
	switch o {
	case YearMonthDay:
		return "year, month, day"
	case DayMonthYear:
		return "day, month, year"
	case MonthDayYear:
		return "month, day, year"
	default:
		return "undecided"
	}
}

// Options are what a user may choose about reading a file. The zero value
// leaves everything to the file.
type Options struct {
	Channel   string            // the activity channel, for example "axis 1" or "vector magnitude"; "" takes the format's default
	ChannelOf map[string]string // the same by reader id, where files of several formats are read; Channel for the others
	DateOrder DateOrder         // of dates that can be read two ways
	CSV       *Mapping          // the columns of a generic CSV; nil finds them
	Subject   string            // the participant's name; "" takes the file's

	// Of recordings that are computed from raw acceleration; other files have
	// epochs of their own.
	Epoch      time.Duration // whole seconds; 0 takes a minute
	SleepStill bool          // time that the device slept counts as stillness, not as missing
}

// ChannelFor returns the activity channel that was chosen for one reader, by its id.
func (o Options) ChannelFor(id string) string {
	if channel, ok := o.ChannelOf[id]; ok {
		return channel
	}
	return o.Channel
}

// of returns the options for one reader.
func (o Options) of(id string) Options {
	o.Channel, o.ChannelOf = o.ChannelFor(id), nil
	return o
}

// Record notes an option that made a difference in the recording's source, where
// it becomes part of the recording's id. It is for readers in packages of their own.
func Record(s *actigraphy.Source, name, value string) { record(s, name, value) }

// record notes an option that made a difference in the recording's source, where
// it becomes part of the recording's id.
func record(s *actigraphy.Source, name, value string) {
	if s.Options == nil {
		s.Options = make(map[string]string)
	}
	s.Options[name] = value
}
