package timeline_test

import (
	"testing"
	"time"

	"circascope/actigraphy/format/internal/timeline"
)

var start = time.Date(2024, 10, 27, 1, 59, 59, 500e6, time.UTC)

// block is one of 100 samples at 100 Hz, a second long.
type block struct {
	at   time.Duration // what the file says, since start
	next bool
}

func TestPlace(t *testing.T) {
	tests := []struct {
		name    string
		blocks  []block
		at      time.Duration // of the last block
		rate    float64
		placed  bool
		missing time.Duration
		earlier int
		set     int
	}{
		{"the first", []block{{0, false}}, 0, 100, true, 0, 0, 0},
		{"one behind another", []block{{0, false}, {time.Second, true}}, time.Second, 100, true, 0, 0, 0},
		{"a microsecond is nothing", []block{{0, false}, {time.Second + 900*time.Nanosecond, true}}, time.Second, 100, true, 0, 0, 0},
		{"late by drift", []block{{0, false}, {1025 * time.Millisecond, true}}, time.Second, 100 / 1.025, true, 0, 0, 0},
		{"early by drift", []block{{0, false}, {950 * time.Millisecond, true}}, time.Second, 100 / 0.95, true, 0, 0, 0},
		{"late by more than a block can make up for", []block{{0, false}, {1900 * time.Millisecond, true}}, time.Second, 100 / 1.1, true, 0, 0, 0},
		{"the next one makes up for more", []block{{0, false}, {1150 * time.Millisecond, true}, {2150 * time.Millisecond, true}}, 2100 * time.Millisecond, 100 / 1.05, true, 0, 0, 0},
		{"late, and one is missing", []block{{0, false}, {1900 * time.Millisecond, false}}, 1900 * time.Millisecond, 100, true, 900 * time.Millisecond, 0, 0},
		{"early, and one is missing", []block{{0, false}, {960 * time.Millisecond, false}}, time.Second, 100 / 0.96, true, 0, 0, 0},
		{"a gap", []block{{0, false}, {time.Hour, false}}, time.Hour, 100, true, time.Hour - time.Second, 0, 0},
		{"the clock set forward", []block{{0, false}, {time.Hour, true}}, time.Hour, 100, true, time.Hour - time.Second, 0, 1},
		{"the clock set back", []block{{0, false}, {-time.Hour, true}}, 0, 0, false, 0, 1, 0},
		{"just too far back", []block{{0, false}, {0, true}}, 0, 0, false, 0, 1, 0},
		{"set back and caught up", []block{{0, false}, {-time.Second, true}, {time.Second, true}}, time.Second, 100, true, 0, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var l timeline.Line
			var at time.Time
			var rate float64
			var placed bool
			for _, b := range tt.blocks {
				at, rate, placed = l.Place(start.Add(b.at), 100, 100, b.next)
			}
			if placed != tt.placed || placed && (!at.Equal(start.Add(tt.at)) || rate < tt.rate-1e-9 || rate > tt.rate+1e-9) {
				t.Errorf("got %v at %v Hz, %v; want %v at %v Hz, %v", at.Sub(start), rate, placed, tt.at, tt.rate, tt.placed)
			}
			if l.Missing != tt.missing || l.Earlier != tt.earlier || l.Set != tt.set {
				t.Errorf("got %v missing, %d earlier, %d set; want %v, %d, %d", l.Missing, l.Earlier, l.Set, tt.missing, tt.earlier, tt.set)
			}
			if got, want := len(l.Notes()), min(tt.earlier, 1)+min(tt.set, 1); got != want {
				t.Errorf("%d notes, want %d: %v", got, want, l.Notes())
			}
		})
	}
}

// TestUnchecked damages the time of one block, and sets the clock.
func TestUnchecked(t *testing.T) {
	const second, hour = time.Second, time.Hour
	tests := []struct {
		name       string
		at         []time.Duration // of blocks of a second, numbered one after another
		placed     int
		alone, set int
		missing    time.Duration
	}{
		{"in order", []time.Duration{0, second, 2 * second}, 3, 0, 0, 0},
		{"one time is damaged", []time.Duration{0, hour, 2 * second, 3 * second}, 3, 1, 0, second},
		{"the clock set forward", []time.Duration{0, hour, hour + second, hour + 2*second}, 3, 0, 1, hour},
		{"the last one is damaged", []time.Duration{0, second, hour}, 2, 1, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := timeline.Line{Unchecked: true}
			placed, before := 0, -1
			for i, at := range tt.at {
				if _, _, ok := l.Place(start.Add(at), 100, 100, i == before+1); ok {
					placed, before = placed+1, i
				}
			}
			if placed != tt.placed || l.Alone != tt.alone || l.Set != tt.set || l.Missing != tt.missing {
				t.Errorf("got %d placed, %d alone, %d set, %v missing; want %d, %d, %d, %v",
					placed, l.Alone, l.Set, l.Missing, tt.placed, tt.alone, tt.set, tt.missing)
			}
			if got, want := len(l.Notes()), min(tt.alone, 1)+min(tt.set, 1); got != want {
				t.Errorf("got %d notes, want %d: %v", got, want, l.Notes())
			}
		})
	}
}
