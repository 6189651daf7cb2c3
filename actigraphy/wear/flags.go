package wear

import (
	"errors"

	"circascope/actigraphy"
)

// errNoFlags is the error of a recording without flags of wear.
var errNoFlags = errors.New("the recording has no wear channel: neither its file flags wear, nor was it computed from raw acceleration")

// byFlags returns where the recording's wear channel says not worn. What it does
// not say is taken as worn.
func byFlags(r *actigraphy.Recording) ([]Interval, error) {
	flags, ok := r.Channels[actigraphy.ChannelWear]
	if !ok {
		return nil, errNoFlags
	}
	return runs(len(flags), func(i int) bool { return flags[i] == 0 }), nil
}
