package actigraphy_test

import (
	"testing"
	"time"

	"circascope/actigraphy"
)

// TestOffsetIsNoZoneOfTheComputer reads a time whose offset is this computer's too.
// It stays an offset: the computer's summer time is none of the recording's.
func TestOffsetIsNoZoneOfTheComputer(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	was := time.Local
	time.Local = berlin
	t.Cleanup(func() { time.Local = was })
	at, err := actigraphy.ParseLocalTime("2024-07-01T00:00:00+02:00")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := at.Add(180*24*time.Hour).String(), "2024-12-28T00:00:00+02:00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestUndatedFraction(t *testing.T) {
	want := actigraphy.Undated(time.Saturday, 90*time.Second+250*time.Millisecond)
	got, err := actigraphy.ParseLocalTime(want.String())
	if err != nil || !got.Equal(want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}
