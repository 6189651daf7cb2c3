package accelerometer

import (
	"maps"
	"slices"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/measure"
)

// made makes the recording of its measures.
func made(in *format.Input, src raw.Source, s *measure.Series, a activity, opts format.Options) *actigraphy.Recording {
	h := src.Header()
	r := &actigraphy.Recording{
		Subject: h.Subject, Device: h.Device, Site: h.Site, Start: s.Start, Epoch: s.Epoch,
		Activity: a.values(s, actiGraph), Unit: a.unit,
		Channels: channels(s, a.channel),
	}
	if r.Subject == "" {
		r.Subject = stem(in.Name)
		r.Source.Notes = append(r.Source.Notes, "The file names no participant; its name is taken.")
	}
	r.Source.Subject, r.Source.Channel = r.Subject, a.channel
	if s.Epoch != measure.DefaultEpoch {
		format.Record(&r.Source, "epoch", s.Epoch.String())
	}
	if opts.SleepStill {
		format.Record(&r.Source, "device sleep", "stillness")
	}
	if chosen, ok := src.(interface{ Options() map[string]string }); ok {
		for name, value := range chosen.Options() {
			format.Record(&r.Source, name, value)
		}
	}
	r.Source.Notes = slices.Concat(r.Source.Notes, h.Notes, notes(src, s, a, opts))
	return r
}

// channels are what is kept beside the activity.
func channels(s *measure.Series, activity string) map[string][]float64 {
	c := map[string][]float64{
		actigraphy.ChannelAxis1:       s.Counts[actiGraph[0]],
		actigraphy.ChannelAxis2:       s.Counts[actiGraph[1]],
		actigraphy.ChannelAxis3:       s.Counts[actiGraph[2]],
		actigraphy.ChannelVM:          magnitude(s.Counts),
		actigraphy.ChannelENMO:        s.ENMO,
		actigraphy.ChannelMIMS:        s.MIMS,
		actigraphy.ChannelAngleZ:      s.AngleZ,
		actigraphy.ChannelWear:        s.Wear,
		actigraphy.ChannelNotMeasured: s.NotMeasured,
		actigraphy.ChannelTemperature: s.Temperature,
		actigraphy.ChannelLight:       s.Light,
		actigraphy.ChannelHeartRate:   s.HeartRate,
		actigraphy.ChannelMarker:      s.Marker,
	}
	maps.DeleteFunc(c, func(name string, values []float64) bool { return values == nil || name == activity })
	return c
}

// stem is the file's name without its extensions.
func stem(name string) string {
	name = strings.TrimSuffix(name, ".gz")
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}
