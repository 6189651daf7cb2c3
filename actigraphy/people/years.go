package people

import (
	"math"
	"time"
)

// years returns a date as a number of years, 2005.5 in the middle of 2005, NaN for
// no date.
func years(text string) float64 {
	t, err := time.Parse("2006-01-02T15:04:05", text)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, text); err != nil {
			return math.NaN()
		}
	}
	begin := time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	end := begin.AddDate(1, 0, 0)
	return float64(t.Year()) + t.Sub(begin).Hours()/end.Sub(begin).Hours()
}
