package app_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/plots"
)

// sleeper is a week of minutes from noon of a Monday, still from 23:00 to 07:00 and
// otherwise moving, more so in the afternoon.
func sleeper() *actigraphy.Recording {
	r := &actigraphy.Recording{
		Subject: "sleeper", Epoch: time.Minute, Unit: actigraphy.Unit{Quantity: "counts", Device: "ActiGraph", Axis: "axis 1"},
		Start: actigraphy.Naive(time.Date(2024, 3, 4, 12, 0, 0, 0, time.UTC)), Activity: make([]float64, 7*1440),
	}
	for i := range r.Activity {
		if hour := math.Mod(12+float64(i)/60, 24); hour >= 7 && hour < 23 {
			r.Activity[i] = 2000 + 1500*math.Cos(2*math.Pi*(hour-15)/24)
		} else if i%20 == 10 { // people stir: zeros alone are a device that lies off
			r.Activity[i] = 30
		}
	}
	return r
}

func TestLayOver(t *testing.T) {
	r := sleeper()
	o, err := app.LayOver(t.Context(), app.Study{}, r, app.Wear{}, app.Told{}, app.Overlays{
		Scoring: app.Scorer{ID: "sadeh", Definition: "vendor"}, Rest: app.RestTudorLocke, Windows: true, Cosinor: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Err(); err != nil {
		t.Fatal(err)
	}
	chart, src := o.Over(plots.Actogram{}, app.Sources{What: "actogram", Details: map[string]any{"recordings": 1}})
	cell := func(day, hour int) int { return 1440*day + 60*hour }
	for _, tt := range []struct {
		cell  int
		words []string
	}{
		{cell(1, 3), []string{"Asleep by Sadeh", "Rest period (algorithm: Tudor-Locke on scored sleep): night, 23:04 to 07:00, by tudor-locke on sadeh (vendor)"}},
		{cell(1, 15), []string{"Awake"}},
	} {
		var got []string
		for _, m := range chart.Masks {
			if words, covered := m.At(tt.cell); covered {
				got = append(got, words)
			}
		}
		if len(got) != len(tt.words) {
			t.Fatalf("cell %d has %q, want %q", tt.cell, got, tt.words)
		}
		for i, want := range tt.words {
			if !strings.HasPrefix(got[i], want) {
				t.Errorf("cell %d has %q, want %q", tt.cell, got[i], want)
			}
		}
	}
	if len(o.Windows) != 2 || !o.Windows[0].Holds(2) || o.Windows[0].Holds(12) || !o.Windows[1].Holds(15) || o.Windows[1].Holds(2) {
		t.Errorf("got the windows %+v, want L5 at night and M10 by day", o.Windows)
	}
	if n := len(o.Fit.Values); n == 0 || !(o.Fit.Values[n*15/24] > o.Fit.Values[n*3/24]) {
		t.Errorf("the fitted curve of %d points is not higher in the afternoon than at night", n)
	}
	details, _ := src.Details["overlays"].(map[string]any)
	for _, part := range []string{"scoring", "rest", "L5", "M10", "cosinor"} {
		if details[part] == nil {
			t.Errorf("the sources say nothing of the %s: %v", part, src.Details)
		}
	}
	if src.Details["recordings"] != 1 {
		t.Error("the sources have lost the recording")
	}
}

// TestLayOverUnderAMask wants days with too little wear marked and out of the average
// day.
func TestLayOverUnderAMask(t *testing.T) {
	r := sleeper()
	day2 := 12*60 + 1440 // the second whole day
	mask := wear.Combine([]wear.Layer{{ID: 1, Revision: wear.Revision{On: true, Intervals: []wear.Interval{{From: day2, To: day2 + 1200}}}}}, wear.ValidDay{Hours: 10})
	w := app.Wear{Mask: mask, Days: mask.Days(r)}
	o, err := app.LayOver(t.Context(), app.Study{}, r, w, app.Told{}, app.Overlays{})
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Off) != 1 || o.Off[0].Row != 2 || !strings.Contains(o.Off[0].Why, "worn 4 h, a valid day is worn 10 h") {
		t.Fatalf("got the days off %+v, want the third row with its hours", o.Off)
	}
	r.Channels = map[string][]float64{actigraphy.ChannelLight: make([]float64, len(r.Activity))}
	if o, err = app.LayOver(t.Context(), app.Study{}, r, w, app.Told{}, app.Overlays{}); err != nil {
		t.Fatal(err)
	}
	all, err := plots.NewActogram(r)
	if err != nil {
		t.Fatal(err)
	}
	chart, _ := o.Over(all, app.Sources{})
	if got := chart.Average().Row(2)[23*60]; !math.IsNaN(got) {
		t.Errorf("the average day counts %v of a day that is not valid", got)
	}
	if got := chart.AverageLight().Row(2)[23*60]; !math.IsNaN(got) {
		t.Errorf("the average day of light counts %v of a day that is not valid", got)
	}
	if got := chart.Average().Row(1)[900]; math.IsNaN(got) {
		t.Error("the average day leaves a valid day out")
	}
}

func TestLayOverSaysWhyAPartIsMissing(t *testing.T) {
	r := sleeper()
	told := []diary.Entry{{
		Kind: diary.Night, Line: 4,
		From: actigraphy.Naive(time.Date(2024, 3, 5, 23, 10, 0, 0, time.UTC)), To: actigraphy.Naive(time.Date(2024, 3, 6, 6, 50, 0, 0, time.UTC)),
	}}
	mims := sleeper()
	mims.Unit = actigraphy.Unit{Quantity: "MIMS"}
	short := sleeper()
	short.Activity = short.Activity[:300]
	tests := []struct {
		name   string
		r      *actigraphy.Recording
		told   []diary.Entry
		choice app.Overlays
		part   string // "" for no problem
		why    string
	}{
		{"a diary", r, told, app.Overlays{Rest: app.RestDiary}, "", ""},
		{"no diary", r, nil, app.Overlays{Rest: app.RestDiary}, app.RestPart, "no diary tells"},
		{"counts are needed", mims, nil, app.Overlays{Scoring: app.Scorer{ID: "cole-kripke", Definition: "paper"}}, app.ScoringPart, "counts"},
		{"too short for L5", short, nil, app.Overlays{Windows: true}, app.WindowsPart, "recorded on no day"},
		{"too short for a cosinor", short, nil, app.Overlays{Cosinor: true}, app.CosinorPart, "less than a period"},
		{"no angle", r, nil, app.Overlays{Rest: app.RestHDCZA}, app.RestPart, "angle"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := app.LayOver(t.Context(), app.Study{}, tt.r, app.Wear{}, app.Told{Diary: tt.told}, tt.choice)
			if err != nil {
				t.Fatal(err)
			}
			if got := o.Problems[tt.part]; tt.part != "" && !strings.Contains(got, tt.why) {
				t.Errorf("the problem is %q, want one with %q", got, tt.why)
			}
			if (o.Err() == nil) != (tt.part == "") {
				t.Errorf("as one error it is %v", o.Err())
			}
		})
	}
}

func TestParseOverlays(t *testing.T) {
	for name, want := range map[string]string{"": "", "sadeh:vendor": "sadeh:vendor", "cole-kripke": "cole-kripke:paper"} {
		if got, err := app.ParseScorer(name); err != nil || got.String() != want {
			t.Errorf("%q is %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"crespo", "sadeh:nobody", "x"} {
		if _, err := app.ParseScorer(name); err == nil || !strings.Contains(err.Error(), "cole-kripke:vendor") {
			t.Errorf("%q is taken, or its error lists no algorithms: %v", name, err)
		}
	}
	if _, err := app.ParseRestSource("dream"); err == nil || !strings.Contains(err.Error(), "diary") {
		t.Errorf("rest from a dream: %v, want an error that lists the sources", err)
	}
}

// TestLayOverByAProtocol wants the scoring and the rest periods of the protocol's measures,
// with its parameters, and other ones told as deviations.
func TestLayOverByAProtocol(t *testing.T) {
	p := protocol.Default("p", metrics.Paper)
	p.Measures = []string{"TST"} // not all measures take these rest periods
	p.Scoring, p.Rest, p.All = "cole-kripke", "tudor-locke", map[string]string{"scoring_threshold": "0.5", "night_shortest": "4 h"}
	f, err := p.File()
	if err != nil {
		t.Fatal(err)
	}
	study, err := app.NewStudy(f)
	if err != nil {
		t.Fatal(err)
	}
	tst, _ := study.Find("", "TST")
	want, err := tst.Nights(metrics.Input{Recording: sleeper()})
	if err != nil {
		t.Fatal(err)
	}
	o, err := app.LayOver(t.Context(), study, sleeper(), app.Wear{}, app.Told{}, app.Overlays{Scoring: study.Scorer(), Rest: study.RestFrom()})
	if err != nil || o.Err() != nil {
		t.Fatal(err, o.Err())
	}
	if len(o.Periods) != len(want.Nights)+len(want.Naps) || o.Periods[0].From != want.Nights[0].From {
		t.Errorf("got %d rest periods from %v, want those of TST", len(o.Periods), o.Periods[0].From)
	}
	_, src := o.Over(plots.Actogram{}, app.Sources{What: "actogram"})
	text, err := json.Marshal(src)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"name":"threshold","value":0.5`, `"parameter":"scoring_threshold"`, `"deviations":[]`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the sources do not have %s: %s", want, text)
		}
	}
	o, err = app.LayOver(t.Context(), study, sleeper(), app.Wear{}, app.Told{}, app.Overlays{Scoring: app.Scorer{ID: "sadeh", Definition: "vendor"}, Rest: app.RestCrespo})
	if err != nil {
		t.Fatal(err)
	}
	if _, src = o.Over(plots.Actogram{}, app.Sources{}); len(src.Protocol.Deviations) != 2 || !strings.Contains(src.Protocol.Deviations[0], "sadeh (vendor)") {
		t.Errorf("another scoring and rest: got the deviations %q", src.Protocol.Deviations)
	}
}
