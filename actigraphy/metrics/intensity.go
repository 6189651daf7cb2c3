package metrics

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/intensity"
)

// cutPointsName is the parameter of the set of cut-points.
const cutPointsName = "cut_points"

// intensities returns the measures of time at levels of activity by cut-points.
func intensities(d Definition) []Metric {
	if d != Paper {
		return nil
	}
	return []Metric{
		minutesAt("sedentary_min", "sedentary time", intensity.Sedentary, intensity.Sedentary),
		minutesAt("light_min", "time of light activity", intensity.Light, intensity.Light),
		minutesAt("moderate_min", "time of moderate activity", intensity.Moderate, intensity.Moderate),
		minutesAt("vigorous_min", "time of vigorous activity", intensity.Vigorous, intensity.Vigorous),
		minutesAt("MVPA_min", "time of moderate to vigorous activity", intensity.Moderate, intensity.Vigorous),
		boutMeasure("MVPA_bout_min", "time in bouts of moderate to vigorous activity", "min a valid day", intensity.Bout.Minutes),
		boutMeasure("MVPA_bouts", "bouts of moderate to vigorous activity", "a valid day", func(intensity.Bout) int { return 1 }),
	}
}

func intensityMeasure(id, name, unit, formula string) Metric {
	return Metric{
		ID: id, Name: name, Group: groupIntensity, Definition: Paper, Unit: unit, Formula: formula,
		Parameters: intensityParameters(),
		Reference:  references(),
		Needs:      "activity in the unit of the cut-points, in epochs no longer than theirs, worn where they are for, a calendar day recorded for the valid hours, and the time of day",
		Missing:    "a day counts if it was recorded, or worn under a mask, for the valid hours; what is missing of it is at no level",
		PartName:   "day",
		note: func(x *analysis, s settings) string {
			return intensity.All()[int(s[cutPointsName])].Doubt(x.r)
		},
	}
}

func intensityParameters() []Parameter {
	var ids []string
	for _, c := range intensity.All() {
		ids = append(ids, c.ID)
	}
	age := Parameter{Name: "age", Meaning: "age of the person, for cut-points by age", unit: "years", number: math.NaN(), min: 1, max: 120, word: unknownWord}
	return []Parameter{
		oneOf(cutPointsName, ids[0], ids, "the set of cut-points, with the people and the site that it is for"),
		age.described(),
		quantity("moderate_METs", "", 3, 3, 4, "where moderate activity begins, for cut-points by age"),
		quantity("valid", "h", 10, 0.1, 24, "hours of a calendar day that must be recorded for it to count"),
		onOff("any_site", false, "1: also where the device was worn elsewhere than the cut-points are for"),
		onOff("any_epoch", false, "1: also in epochs longer than those of the cut-points, in proportion"),
	}
}

// unknownWord is the value of an age that is not given.
const unknownWord = "unknown"

// references lists what every set of cut-points is from.
func references() string {
	text, before := "", ""
	for _, c := range intensity.All() {
		if c.Reference != before {
			text += "; " + c.Reference
		}
		before = c.Reference
	}
	return text[2:]
}

// minutesAt is the time of a valid day at levels from one to another.
func minutesAt(id, name string, from, to intensity.Level) Metric {
	m := intensityMeasure(id, name, "min a valid day",
		"time of the epochs from the level's cut-point to below the next one's, mean over the valid calendar days; shorter epochs of counts are first joined to those of the cut-points")
	m.each = func(x *analysis, s settings) ([]Part, error) {
		graded, err := x.graded(s, false)
		if err != nil {
			return nil, err
		}
		if from < intensity.Moderate && !graded.lightKnown {
			return nil, errors.New("these cut-points do not tell sedentary from light")
		}
		return graded.byDay(func(_ int, levels []intensity.Level) float64 {
			n := 0
			for _, l := range levels {
				if l >= from && l <= to {
					n++
				}
			}
			return float64(n) * graded.epoch.Minutes()
		}), nil
	}
	return m
}

// boutMeasure is a sum over the bouts of a valid day; a bout belongs to the day in
// which it begins.
func boutMeasure(id, name, unit string, of func(intensity.Bout) int) Metric {
	m := intensityMeasure(id, name, unit,
		"bouts at or above the moderate cut-point, of at least the length from their first minute to their last: one begins at such a minute if all but the tolerance of the minutes of that length are so, and ends with the last such one before more than the tolerance in a row below; the minutes from the first to the last count, those below in them; shorter epochs are first joined to minutes; a bout belongs to the day in which it begins, mean over the valid days")
	m.Parameters = append(m.Parameters,
		count("bout", "min", 10, 1, 120, "least length of a bout"),
		count("tolerance", "min", 2, 0, 10, "minutes below the cut-point within a bout"))
	m.each = func(x *analysis, s settings) ([]Part, error) {
		graded, err := x.graded(s, true)
		if err != nil {
			return nil, err
		}
		if graded.epoch != time.Minute {
			return nil, fmt.Errorf("bouts are made of minutes, and the epochs are of %v", actigraphy.InWords(graded.epoch))
		}
		totals := make([]float64, len(graded.levels)/graded.perDay+2)
		for _, b := range intensity.Bouts(graded.levels, int(s["bout"]), int(s["tolerance"])) {
			totals[graded.dayOf(b.From)] += float64(of(b))
		}
		return graded.byDay(func(day int, _ []intensity.Level) float64 { return totals[day] }), nil
	}
	return m
}

// graded is a recording's epochs with their levels.
type graded struct {
	levels     []intensity.Level
	epoch      time.Duration
	first      int // place of the first epoch in its day
	perDay     int
	valid      time.Duration // of a day
	lightKnown bool          // sedentary and light are told apart
}

// graded compares a recording with the cut-points, in minutes or in the epoch of
// the cut-points.
func (x *analysis) graded(s settings, inMinutes bool) (graded, error) {
	if x.r.Start.IsZero() {
		return graded{}, errNoClock
	}
	set := intensity.All()[int(s[cutPointsName])]
	t, err := set.For(x.r, intensity.Conditions{Age: s["age"], ModerateMETs: s["moderate_METs"], AnySite: s.on("any_site"), AnyEpoch: s.on("any_epoch")})
	if err != nil {
		return graded{}, err
	}
	if inMinutes && t.Epoch < time.Minute {
		t = t.Joined(set.Unit, time.Minute)
	}
	b, err := x.bins(binning{d: Paper, l: raw, width: t.Epoch})
	if err != nil {
		return graded{}, err
	}
	g := graded{epoch: t.Epoch, first: b.first, perDay: b.perDay, valid: s.hours("valid"), lightKnown: !math.IsNaN(t.Light)}
	g.levels = make([]intensity.Level, len(b.values))
	epochs := 1.0 // bins are means
	if set.Unit != intensity.ENMO {
		epochs = float64(t.Epoch / x.r.Epoch)
	}
	for i, v := range b.values {
		g.levels[i] = t.Of(v * epochs)
	}
	return g, nil
}

func (g graded) dayOf(epoch int) int { return (g.first + epoch) / g.perDay }

// byDay returns a value of the epochs of each calendar day, first to last, and why
// there is none of those that were not recorded long enough.
func (g graded) byDay(of func(day int, levels []intensity.Level) float64) []Part {
	var parts []Part
	for from := 0; from < len(g.levels); {
		day := g.dayOf(from)
		to := min(len(g.levels), (day+1)*g.perDay-g.first)
		part := Part{Label: strconv.Itoa(day + 1), Value: of(day, g.levels[from:to])}
		if have := g.recorded(g.levels[from:to]); have < g.valid {
			part.Value, part.Reason = math.NaN(), fmt.Sprintf("%s were recorded, and a valid day has %s", actigraphy.InWords(have), actigraphy.InWords(g.valid))
		}
		parts = append(parts, part)
		from = to
	}
	return parts
}

func (g graded) recorded(levels []intensity.Level) time.Duration {
	n := 0
	for _, l := range levels {
		if l != intensity.Missing {
			n++
		}
	}
	return time.Duration(n) * g.epoch
}
