package format

import (
	"strings"
	"unicode"

	"circascope/actigraphy"
)

// plainName reduces a column's name to lower-case letters and digits.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// activityNames are the names of activity columns, the surest first.
var activityNames = []string{
	"activity", "activitycounts", "activitycount", "counts", "count", "axis1", "axis1counts",
	"act", "vm", "vectormagnitude", "mims", "mimsunit", "mimstrixavg", "enmo", "svm", "svmg", "svmgs",
}

// channelNames are the names of further columns that are kept.
var channelNames = map[string]string{
	"light": actigraphy.ChannelLight, "lux": actigraphy.ChannelLight, "whitelight": actigraphy.ChannelLight,
	"temperature": actigraphy.ChannelTemperature, "temp": actigraphy.ChannelTemperature,
	"marker": actigraphy.ChannelMarker, "event": actigraphy.ChannelMarker,
	"wear": actigraphy.ChannelWear, "worn": actigraphy.ChannelWear,
	"axis1": actigraphy.ChannelAxis1, "axis2": actigraphy.ChannelAxis2, "axis3": actigraphy.ChannelAxis3,
	"axis1counts": actigraphy.ChannelAxis1, "axis2counts": actigraphy.ChannelAxis2, "axis3counts": actigraphy.ChannelAxis3,
	"vm": actigraphy.ChannelVM, "vectormagnitude": actigraphy.ChannelVM,
	"steps": actigraphy.ChannelSteps,
}

// subjectNames are the names of columns that hold the participant's id.
var subjectNames = map[string]bool{
	"id": true, "subject": true, "subjectid": true, "participant": true, "participantid": true,
	"seqn": true, "patient": true, "patientid": true, "pid": true,
}

// timeNames are the names of columns that may hold Unix times.
var timeNames = map[string]bool{
	"time": true, "timestamp": true, "datetime": true, "unix": true, "unixtime": true, "unixtimestamp": true, "epoch": true,
}

// channelName returns the field's name of a channel where there is one, else the
// name as it stands in the file.
func channelName(column string) string {
	if name, ok := channelNames[plainName(column)]; ok {
		return name
	}
	return column
}

// unitOf returns the unit of an activity column by its name.
func unitOf(channel string, whole bool) actigraphy.Unit {
	switch plain := plainName(channel); {
	case strings.HasPrefix(plain, "mims"):
		return actigraphy.Unit{Quantity: "MIMS"}
	case strings.HasPrefix(plain, "axis"), plain == "vm", plain == "vectormagnitude":
		return actigraphy.Unit{Quantity: "counts", Axis: channelName(channel)}
	case plain == "enmo":
		return actigraphy.Unit{Quantity: "ENMO"}
	case strings.HasPrefix(plain, "svm"):
		return actigraphy.Unit{Quantity: "SVM"}
	case whole:
		return actigraphy.Unit{Quantity: "counts"}
	default:
		return actigraphy.Unit{}
	}
}
