package format

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"circascope/actigraphy"
)

// UKBiobank reads what biobankAccelerometerAnalysis writes, the tool of UK
// Biobank's accelerometer study: the time series of either generation, its table
// of epochs, and the summary beside them, which is read with the time series.
//
// Acceleration is in mg, the vector magnitude less gravity, negative values set to
// zero (Doherty et al. 2017, doi:10.1371/journal.pone.0169649).
type UKBiobank struct{}

// The channels of acceleration. Values that the tool imputed for time not worn are
// left out unless they are asked for.
const (
	channelAcceleration = "acceleration"
	channelWithImputed  = "acceleration, imputed too"
	channelImputed      = "imputed"
)

var ukBiobankLayout = layout{
	tool: "biobankAccelerometerAnalysis", times: []string{"time"},
	activity: []measure{
		{column: "acc", channel: channelAcceleration, unit: milligravity("ENMO")},
		{column: "acc", channel: channelWithImputed, unit: milligravity("ENMO")},
		{column: "enmotrunc", channel: channelAcceleration, unit: milligravity("ENMO"), scale: 1000},
		{column: "enmoabs", channel: "absolute acceleration", unit: milligravity("ENMO, absolute"), scale: 1000},
	},
	channels: []measure{
		{column: "temp", channel: actigraphy.ChannelTemperature},
		{column: "imputed", channel: channelImputed},
		{column: "met", channel: "MET"},
	},
	person: func(in *Input) string { return seriesStem(in.Name) },
}

// Format describes the format.
func (UKBiobank) Format() Info {
	return Info{ID: "uk-biobank", Name: "UK Biobank (biobankAccelerometerAnalysis)", Extensions: []string{".csv", ".gz", ".json"}}
}

// Sniff looks for the columns time and acc with a zone in brackets below them, for
// the columns of epochs, for the first line of the older time series, and for the
// summary.
func (UKBiobank) Sniff(head []byte) bool {
	return isSummary(head) || isOldSeries(head) || isSeries(head)
}

func isSeries(head []byte) bool {
	h, ok := ukBiobankLayout.findHeader(head)
	if !ok || h.line != 1 {
		return false
	}
	_, second, _ := bytes.Cut(head, []byte("\n"))
	time, _, _ := bytes.Cut(second, []byte(","))
	return h.any([]string{"enmotrunc"}) >= 0 || bytes.HasSuffix(time, []byte("]"))
}

// Read reads the recording of a time series or table of epochs. A summary gives
// ErrCompanion where its time series lies beside it.
func (UKBiobank) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	if isSummary(in.Head) {
		return summaryAlone(ctx, in)
	}
	facts, err := summaryBeside(ctx, in)
	if err != nil {
		return err
	}
	finish := func(r *actigraphy.Recording) error {
		r.Site = "wrist"
		leaveOutImputed(r)
		facts.describe(r)
		return nil
	}
	if isOldSeries(in.Head) {
		return readOldSeries(ctx, in, opts, finish, emit)
	}
	l := ukBiobankLayout
	if h, _ := l.findHeader(in.Head); h.any([]string{"acc"}) >= 0 {
		l.others = activityClass
	}
	return l.read(ctx, in, opts, finish, emit)
}

// activityClass names the channel of a class of activity: its column holds 1
// where the tool saw it. "light" is a class here, not what a sensor measured.
func activityClass(column string) string { return "class " + column }

// leaveOutImputed marks as missing what the tool filled in.
func leaveOutImputed(r *actigraphy.Recording) {
	flags, n := r.Channels[channelImputed], 0
	for i, imputed := range flags {
		if math.IsNaN(imputed) {
			flags[i] = 0 // the older tool writes 1 or nothing
		}
		if flags[i] != 0 {
			n++
			if r.Source.Channel == channelAcceleration {
				r.Activity[i] = math.NaN()
			}
		}
	}
	switch {
	case flags == nil:
	case r.Source.Channel == channelAcceleration:
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d epochs were imputed by the tool, not measured; they are marked as not recorded.", n))
	default:
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("%d epochs were imputed by the tool, not measured; they were kept, as chosen by hand.", n))
	}
}

// The first line of the older time series, which has no column of times:
// acceleration (mg) - 2014-05-07 13:29:50 - 2014-05-13 09:50:25 - sampleRate = 5 seconds,imputed
const oldSeriesTitle = "acceleration (mg) - "

func isOldSeries(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, byteOrderMark), `"`), []byte(oldSeriesTitle))
}

// readOldSeries reads a time series whose first line says when its rows were.
func readOldSeries(ctx context.Context, in *Input, opts Options, finish, emit func(*actigraphy.Recording) error) error {
	first, _, _ := bytes.Cut(bytes.TrimPrefix(in.Head, byteOrderMark), []byte("\n"))
	names, _ := split(bytes.TrimSuffix(first, []byte("\r")), ',', nil)
	start, end, epoch, err := parseOldTitle(in, names[0])
	if err != nil {
		return err
	}
	h := header{line: 1, sep: ',', names: []string{"acc"}, plain: []string{"acc"}}
	for _, n := range names[1:] {
		h.names, h.plain = append(h.names, toUTF8(n)), append(h.plain, plainName(toUTF8(n)))
	}
	l := ukBiobankLayout
	l.others = activityClass
	return l.readTable(ctx, in, h, opts, func(t *table) { t.m.Start, t.m.Epoch = start, epoch }, func(r *actigraphy.Recording) error {
		if last := r.Start.Add(time.Duration(len(r.Activity)-1) * epoch); !last.Equal(end) {
			return &actigraphy.FileError{
				File: in.Path, Line: 1, Expected: fmt.Sprintf("rows up to %s, as the first line says", end),
				Found: fmt.Sprintf("%d rows, up to %s", len(r.Activity), last), Advice: "the file may be cut off; copy it again",
			}
		}
		r.Source.Notes = append(r.Source.Notes, fmt.Sprintf("The rows have no times; the first line names the start, %s, and an epoch of %v, without a zone.", start, actigraphy.InWords(epoch)))
		return finish(r)
	}, emit)
}

func parseOldTitle(in *Input, text []byte) (start, end actigraphy.LocalTime, epoch time.Duration, err error) {
	parts := strings.Split(strings.TrimPrefix(string(text), oldSeriesTitle), " - ")
	fault := &actigraphy.FileError{
		File: in.Path, Line: 1, Expected: "a start, an end and a sample rate, as in 2014-05-07 13:29:50 - 2014-05-13 09:50:25 - sampleRate = 5 seconds",
		Found: quoted(text), Advice: "correct the line",
	}
	if len(parts) != 3 {
		return start, end, 0, fault
	}
	var seconds int
	first, err1 := time.Parse(time.DateTime, parts[0])
	last, err2 := time.Parse(time.DateTime, parts[1])
	_, err3 := fmt.Sscanf(parts[2], "sampleRate = %d second", &seconds)
	if err1 != nil || err2 != nil || err3 != nil || seconds <= 0 || seconds > 86400 || !inCalendar(first.Year()) {
		return start, end, 0, fault
	}
	return actigraphy.Naive(first), actigraphy.Naive(last), time.Duration(seconds) * time.Second, nil
}
