package format_test

import (
	"strings"
	"testing"

	"circascope/actigraphy/format"
)

// TestDateStaysRefused refuses rows whose date stays where they may be the same
// day again, or where the clock does not go on at midnight.
func TestDateStaysRefused(t *testing.T) {
	tests := []struct{ name, clocks string }{
		{"begins at midnight", "00:00 12:00 00:00 12:00"},
		{"begins again", "23:58 23:59 23:58 23:59"},
		{"a gap at midnight", "23:58 23:59 00:01 00:02"},
	}
	for _, tt := range tests {
		text := "time,activity\n"
		for i, clock := range strings.Fields(tt.clocks) {
			text += "2020-01-01 " + clock + "," + string(rune('1'+i)) + "\n"
		}
		in, err := format.NewInput("made.csv", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		err = format.ReadInput(t.Context(), format.Readers(), in, format.Options{}, nil, nil)
		if err == nil || !strings.Contains(err.Error(), "times that increase") {
			t.Errorf("%s: got %v, want a refusal of times that go back", tt.name, err)
		}
	}
}
