package sleep_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
)

// BenchmarkScore scores a year of minutes (10 weeks of epochs of 5 s for the angle
// and for the sets of 10 and 30 s).
func BenchmarkScore(b *testing.B) {
	minutes := recorded(time.Minute, days(365, 1)...)
	minutes.Unit = actigraphy.Unit{Axis: "ZCMn"}
	short := recorded(5*time.Second, slices.Repeat(days(7, 1), 120)...)
	short.Channels = map[string][]float64{actigraphy.ChannelAngleZ: short.Activity}
	for _, a := range sleep.All() {
		b.Run(string(a.Definition)+"/"+a.ID, func(b *testing.B) {
			r := minutes
			if strings.HasPrefix(a.ID, "cole-kripke-") || a.ID == "van-hees" || a.ID == "hdcza" || a.ID == "scripps" {
				r = short
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := a.Score(r, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkNights sums up the nights of a year of minutes.
func BenchmarkNights(b *testing.B) {
	r := recorded(time.Minute, days(365, 1)...)
	s := mustScore(b, r, sleep.Vendor, "sadeh", nil)
	b.ReportAllocs()
	for b.Loop() {
		periods, err := sleep.DefaultTudorLocke().Periods(s, r.Activity)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := sleep.Summarise(r, s, sleep.MainAndNaps(periods, time.Hour, 2*time.Hour), sleep.DefaultRules()); err != nil {
			b.Fatal(err)
		}
	}
}
