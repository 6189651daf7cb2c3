package sleep_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/sleep"
)

// fourNights is activity from 7 to 23 h, less of it from 18 h on, and rest between.
func fourNights(start actigraphy.LocalTime, atRest func(minute int) float64) *actigraphy.Recording {
	r := &actigraphy.Recording{Start: start, Epoch: time.Minute}
	for i := range 4 * 1440 {
		v := 200 + 150*math.Sin(float64(i))
		h := start.Add(time.Duration(i) * time.Minute).SinceMidnight().Hours()
		switch {
		case h < 7 || h >= 23:
			v = atRest(i)
		case h >= 18:
			v /= 4
		}
		r.Activity = append(r.Activity, v)
	}
	return r
}

// stirring moves now and then, as people asleep do.
func stirring(i int) float64 {
	if i%11 == 0 {
		return 20
	}
	return 0
}

// A detected night is valid where its edges are known. A device that lies off at
// night gives zeros alone, which Crespo takes as not worn: what rest it finds then is
// in doubt.
func TestNightsThatDetectionCannotTell(t *testing.T) {
	afternoon := actigraphy.Naive(time.Date(2024, 1, 1, 14, 0, 0, 0, time.UTC))
	midnight := actigraphy.Naive(time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC))
	masked := fourNights(afternoon, stirring)
	for i := 1440 + 12*60; i < 1440+14*60; i++ { // from 2 to 4 h of the second night
		masked.Activity[i] = math.NaN()
	}
	cutOff := fourNights(afternoon, stirring)
	for i := 1440 + 14*60; i < 2*1440; i++ { // from 4 h of the second night on
		cutOff.Activity[i] = math.NaN()
	}
	for _, test := range []struct {
		name  string
		r     *actigraphy.Recording
		by    string
		valid []bool
		want  string // in the first reason
	}{
		{"worn", fourNights(afternoon, stirring), "crespo", []bool{true, true, true, true}, ""},
		{"worn", fourNights(afternoon, stirring), "roenneberg", []bool{true, true, true, true}, ""},
		{"from midnight on", fourNights(midnight, stirring), "crespo", []bool{false, true, true, true}, "when it begins is not known: the recording begins within it"},
		{"a gap within the night", masked, "crespo", []bool{true, false, true, true}, "next to epochs that are not scored"},
		{"a gap from the night on", cutOff, "crespo", []bool{true, false, true, true}, "when it ends is not known: it is next to epochs that are not scored"},
		{"off at night", fourNights(afternoon, func(int) float64 { return 0 }), "crespo", nil, "crespo can't tell rest for"},
	} {
		a, _ := sleep.Find(sleep.Paper, test.by)
		scoring, err := a.Score(test.r, nil)
		if err != nil {
			t.Fatal(err)
		}
		periods := sleep.DetectedPeriods(scoring, 2*time.Hour)
		nights, err := sleep.Summarise(test.r, scoring, periods, sleep.DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		var valid []bool
		first := ""
		for _, p := range periods {
			known := p.NoBegin == "" && p.NoEnd == "" && p.Doubt == ""
			valid = append(valid, known)
			if first == "" {
				first = p.NoBegin + p.NoEnd + p.Doubt
			}
		}
		for i, n := range nights {
			if !valid[i] && n.Reason == "" {
				t.Errorf("%s, %s: the night from %v is valid", test.name, test.by, n.From)
			}
		}
		same := test.valid == nil || len(valid) == len(test.valid)
		for i := range test.valid {
			same = same && valid[i] == test.valid[i]
		}
		if !same || !strings.Contains(first, test.want) || (first == "") != (test.want == "") {
			t.Errorf("%s, %s: got known %v, first reason %q; want %v, %q", test.name, test.by, valid, first, test.valid, test.want)
		}
	}
}

// A rest that is detected in the evening is not the night where the recording ends before
// a longer one could follow; as a nap, or told by a diary, it counts.
func TestNightsOfADayThatIsCutOff(t *testing.T) {
	start := actigraphy.Naive(time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC))
	period := sleep.Period{Kind: diary.Night, From: start.Add(5 * time.Hour), To: start.Add(9 * time.Hour), Origin: sleep.FromDetection}
	told, nap := period, period
	told.Origin, nap.Kind = sleep.FromDiary, diary.Nap
	for _, c := range []struct {
		hours  int
		period sleep.Period
		want   string
	}{
		{12, period, "the recording ends 12 h before noon, so a longer rest may follow"},
		{20, period, ""},
		{19, period, "the recording ends 5 h before noon, so a longer rest may follow"},
		{36, period, ""},
		{12, told, ""},
		{12, nap, ""},
	} {
		r := &actigraphy.Recording{Start: start, Epoch: time.Minute, Activity: make([]float64, c.hours*60)}
		states := make([]sleep.State, len(r.Activity))
		for i := range states {
			states[i] = sleep.Asleep
		}
		nights, err := sleep.Summarise(r, sleep.Scoring{Start: start, Epoch: time.Minute, States: states}, []sleep.Period{c.period}, sleep.DefaultRules())
		if err != nil || len(nights) != 1 || nights[0].Reason != c.want {
			t.Errorf("%d h, %v, %v: got %+v, %v, want the reason %q", c.hours, c.period.Origin, c.period.Kind, nights, err, c.want)
		}
	}
}

// Joined periods have the edges of the outer ones.
func TestJoinedPeriodsKeepWhatIsNotKnown(t *testing.T) {
	at := func(h int) actigraphy.LocalTime { return actigraphy.Naive(time.Date(2024, 1, 1, h, 0, 0, 0, time.UTC)) }
	got := sleep.MainAndNaps([]sleep.Period{
		{From: at(22), To: at(26), NoBegin: "begin", NoEnd: "a gap"},
		{From: at(26), To: at(30), NoBegin: "a gap", Doubt: "doubt"},
	}, time.Hour, 2*time.Hour)
	if len(got) != 1 || got[0].NoBegin != "begin" || got[0].NoEnd != "" || got[0].Doubt != "doubt" {
		t.Errorf("got %+v", got)
	}
}
