package actigraphy_test

import (
	"testing"
	"time"

	"circascope/actigraphy"
)

func TestInWords(t *testing.T) {
	for _, test := range []struct {
		d    time.Duration
		want string
	}{
		{27*time.Hour + 34*time.Minute, "27 h 34 min"},
		{24 * time.Hour, "24 h"},
		{90 * time.Second, "1 min 30 s"},
		{time.Hour + time.Second, "1 h 1 s"},
		{time.Minute, "1 min"},
		{15 * time.Second, "15 s"},
		{500 * time.Millisecond, "0.5 s"},
		{33333333 * time.Nanosecond, "0.033 s"},
		{59*time.Minute + 59999900*time.Microsecond, "1 h"},
		{time.Minute + 400*time.Millisecond, "1 min"},
		{0, "0 s"},
		{-time.Hour, "-1 h"},
	} {
		if got := actigraphy.InWords(test.d); got != test.want {
			t.Errorf("%v: got %q, want %q", test.d, got, test.want)
		}
	}
}
