package actigraphy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
)

// Names of channels that readers share.
const (
	ChannelLight       = "light"       // lux where the device is calibrated
	ChannelTemperature = "temperature" // degrees Celsius
	ChannelMarker      = "marker"      // 1 where the wearer pressed the button
	ChannelWear        = "wear"        // 1 worn, 0 not worn, as the source file flags it or its raw samples show
	ChannelAxis1       = "axis 1"
	ChannelAxis2       = "axis 2"
	ChannelAxis3       = "axis 3"
	ChannelVM          = "vector magnitude"
	ChannelSteps       = "steps"
	ChannelHeartRate   = "heart rate" // beats a minute

	// Of recordings computed from raw acceleration.
	ChannelENMO        = "ENMO"         // mg
	ChannelMIMS        = "MIMS"         // MIMS units
	ChannelAngleZ      = "angle-z"      // degrees, of the z axis to the horizontal
	ChannelNotMeasured = "not measured" // share of the epoch, 0 to 1
)

// Recording is one person's activity from one device in one choice of channel.
// Sample i covers [Start+i*Epoch, Start+(i+1)*Epoch).
type Recording struct {
	Subject  string // the participant's id; the user may rename it
	Device   string // model and serial number, as far as the file names them
	Site     string // "wrist", "hip"; empty where the file does not say
	Start    LocalTime
	Epoch    time.Duration
	Activity []float64 // NaN = not recorded
	Unit     Unit
	Channels map[string][]float64 // each as long as Activity; NaN = not recorded
	Source   Source
}

// Source says where a recording came from and how it was read.
type Source struct {
	Name    string            `json:"name"`    // base name of the file
	Format  string            `json:"format"`  // id of the reader, for example "awd"
	Subject string            `json:"subject"` // the participant's id as the file gives it; never renamed
	SHA256  string            `json:"sha256"`  // of the whole file, lower-case hex
	Channel string            `json:"channel"` // which of the file's activity channels was taken
	Options map[string]string `json:"options"` // reader options that differ from their defaults
	Notes   []string          `json:"notes"`   // what the reader decided, in sentences
}

// ID returns the identity of the recording: 32 hex digits from the SHA-256 of
// the source file's hash, the subject in it, the channel and the reader's
// options. The same file read in the same way has the same id on every machine,
// whatever the participant is called there.
func (r *Recording) ID() string {
	h := sha256.New()
	fmt.Fprintf(h, "recording\x00%s\x00%s\x00%s", r.Source.SHA256, r.Source.Subject, r.Source.Channel)
	for _, k := range slices.Sorted(maps.Keys(r.Source.Options)) {
		fmt.Fprintf(h, "\x00%s\x00%s", k, r.Source.Options[k])
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// End returns the end of the last epoch.
func (r *Recording) End() LocalTime {
	return r.Start.Add(time.Duration(len(r.Activity)) * r.Epoch)
}

// Missing returns the number of epochs that were not recorded.
func (r *Recording) Missing() int {
	n := 0
	for _, v := range r.Activity {
		if math.IsNaN(v) {
			n++
		}
	}
	return n
}

// MaxActivity is the largest value of an epoch: beyond it float64 no longer
// counts by ones. No device counts that far, and sums of it could be infinite.
const MaxActivity = 1 << 53

// Validate reports what makes the recording unfit to be stored: no epochs, an
// epoch that is not positive, infinite or negative activity, or a channel of
// another length.
func (r *Recording) Validate() error {
	switch {
	case r.Subject == "":
		return errors.New("the recording names no participant")
	case len(r.Activity) == 0:
		return errors.New("the recording has no epochs")
	case r.Epoch <= 0:
		return fmt.Errorf("the epoch length %v is not positive", InWords(r.Epoch))
	}
	for i, v := range r.Activity {
		if v < 0 || v > MaxActivity {
			return fmt.Errorf("epoch %d has activity %v: want a number from 0 to %.0f, or nothing", i+1, v, float64(MaxActivity))
		}
	}
	for name, values := range r.Channels {
		if len(values) != len(r.Activity) {
			return fmt.Errorf("channel %s has %d epochs, activity has %d", name, len(values), len(r.Activity))
		}
	}
	return nil
}

// Info is what a list of recordings shows: everything but the samples.
type Info struct {
	ID       string        `json:"id"`
	Import   int64         `json:"import"` // the import that brought it
	Subject  string        `json:"subject"`
	Device   string        `json:"device"`
	Site     string        `json:"site"`
	Start    LocalTime     `json:"start"`
	Epoch    time.Duration `json:"epoch_ns"`
	Epochs   int           `json:"epochs"`
	Missing  int           `json:"missing"` // epochs not recorded
	Days     int           `json:"days_complete"`
	Sum      float64       `json:"sum"`
	Zeros    int           `json:"zeros"`
	Unit     Unit          `json:"unit"`
	Channels []string      `json:"channels"` // sorted
	Source   Source        `json:"source"`

	// What its masks say, where a layer of them is on; else "" and nil.
	Mask     string `json:"mask,omitempty"`      // id of the mask
	WornDays []int  `json:"worn_days,omitempty"` // minutes recorded and worn, one a calendar day
}

// Describe returns the Info of r. A complete day is a calendar day on the wall
// clock, midnight to midnight, all of whose epochs were recorded.
func Describe(r *Recording) Info {
	info := Info{
		ID: r.ID(), Subject: r.Subject, Device: r.Device, Site: r.Site,
		Start: r.Start, Epoch: r.Epoch, Epochs: len(r.Activity), Unit: r.Unit,
		Channels: slices.Sorted(maps.Keys(r.Channels)), Source: r.Source,
	}
	for _, v := range r.Activity {
		switch {
		case math.IsNaN(v):
			info.Missing++
		case v == 0:
			info.Zeros++
		}
		if !math.IsNaN(v) {
			info.Sum += v
		}
	}
	info.Days = completeDays(r)
	return info
}

// completeDays counts the days of the wall clock, midnight to midnight, all of
// whose epochs were recorded. Where the zone is known a day may have 23 or 25
// hours.
func completeDays(r *Recording) int {
	const day = 24 * time.Hour
	if r.Epoch <= 0 || day%r.Epoch != 0 {
		return 0
	}
	epochsUntil := func(t LocalTime) int { return int((t.Sub(r.Start) + r.Epoch - 1) / r.Epoch) }
	days := 0
	for midnight := r.Start.midnightFrom(); ; {
		next := midnight.nextMidnight()
		from, to := epochsUntil(midnight), epochsUntil(next)
		if to > len(r.Activity) {
			return days
		}
		if !slices.ContainsFunc(r.Activity[from:to], math.IsNaN) {
			days++
		}
		midnight = next
	}
}
