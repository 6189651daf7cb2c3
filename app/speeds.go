package app

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"circascope/models"
)

// Speed is how fast a size ran on this machine when it was last measured, and what
// memory the program took.
type Speed struct {
	Model      models.Size `json:"model"`
	Precision  string      `json:"precision"`
	DeviceKind string      `json:"device_kind"`
	Weeks      int         `json:"weeks"`
	Seconds    float64     `json:"seconds"` // from the first week's start to the last one's end, all workers together
	Workers    int         `json:"workers"`
	PeakRSS    float64     `json:"peak_rss_mb"` // of the program meanwhile; 0 where the system doesn't tell
	Source     SpeedSource `json:"source"`
	MeasuredAt string      `json:"measured_at"` // RFC 3339, UTC
}

// SpeedSource says what a Speed was measured in.
type SpeedSource string

// The sources of speeds.
const (
	SpeedOfRun   SpeedSource = "run"   // embedding recordings, with reading and storing
	SpeedOfBench SpeedSource = "bench" // embedding one week over and over
)

// PerWeek returns the seconds a week of all workers together.
func (s Speed) PerWeek() float64 { return s.Seconds / float64(s.Weeks) }

// speedKey names what is measured apart.
type speedKey struct {
	model                 models.Size
	precision, deviceKind string
}

func (s Speed) key() speedKey { return speedKey{s.Model, s.Precision, s.DeviceKind} }

// fewWeeks is under how many weeks a measurement is rough: it does not replace one
// of more weeks.
const fewWeeks = 10

// rememberSpeed keeps a measurement for this machine. A state folder that can't be
// written costs the memory of it after the program's end, nothing else.
func (wb *Workbench) rememberSpeed(s Speed) {
	if s.Weeks == 0 || s.Seconds <= 0 {
		return
	}
	wb.speeding.Lock()
	defer wb.speeding.Unlock()
	s.MeasuredAt = wb.cfg.Now().UTC().Format(time.RFC3339)
	known := wb.speeds()
	if old, ok := known[s.key()]; ok && s.Weeks < fewWeeks && old.Weeks > s.Weeks {
		return
	}
	known[s.key()] = s
	wb.mu.Lock()
	defer wb.mu.Unlock()
	wb.speed = known
	if wb.cfg.StateDir == "" {
		return
	}
	list := make([]Speed, 0, len(known))
	for _, v := range known {
		list = append(list, v)
	}
	if os.MkdirAll(wb.cfg.StateDir, 0o755) != nil {
		return
	}
	_, _ = writeWhole(wb.speedFile(), func(w io.Writer) error { return json.NewEncoder(w).Encode(list) })
}

func (wb *Workbench) speedFile() string { return filepath.Join(wb.cfg.StateDir, "speeds.json") }

// speeds returns what was measured on this machine, here and by other programs of
// this user.
func (wb *Workbench) speeds() map[speedKey]Speed {
	known := map[speedKey]Speed{}
	wb.mu.RLock()
	for k, v := range wb.speed {
		known[k] = v
	}
	wb.mu.RUnlock()
	var list []Speed
	if b, err := os.ReadFile(wb.speedFile()); wb.cfg.StateDir == "" || err != nil || json.Unmarshal(b, &list) != nil {
		return known // none yet, or damaged: it is measured again
	}
	for _, s := range list {
		if old, ok := known[s.key()]; s.Weeks > 0 && s.Seconds > 0 && (!ok || old.MeasuredAt < s.MeasuredAt) {
			known[s.key()] = s
		}
	}
	return known
}
