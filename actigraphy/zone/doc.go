// Package zone gives recordings the time zone that a person names for them.
//
// The samples of a recording are elapsed time from its start. A naive recording
// has 1440 minutes every day. Once its zone is named, the days of the wall clock
// have 23, 24 or 25 hours, and an Assignment says which of two things the
// device's own clock did when the wall clock changed. An assignment stands beside
// the recording: applying one gives another view of the samples and never
// rewrites them.
//
// The database of zones is the machine's where it has one, else the one that is
// part of the program.
package zone
