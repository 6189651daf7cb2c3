package sleep_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/sleep"
)

// monday is the noon that recorded begins at.
var monday = time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)

// after is a time so long after monday.
func after(d time.Duration) actigraphy.LocalTime { return actigraphy.Naive(monday.Add(d)) }

func night(from, to time.Duration) sleep.Period {
	return sleep.Period{Kind: diary.Night, From: after(from), To: after(to), Origin: sleep.Manual}
}

// scoredDays is a scoring of minutes from monday on, with the activity of 100 in each
// minute of wake.
func scoredDays(text string) (*actigraphy.Recording, sleep.Scoring) {
	x := make([]float64, len(text))
	for i := range text {
		switch text[i] {
		case 'W':
			x[i] = 100
		case '?':
			x[i] = nan
		}
	}
	r := recorded(time.Minute, x...)
	return r, sleep.Scoring{Start: r.Start, Epoch: time.Minute, States: parse(text)}
}

func summarised(t *testing.T, text string, c sleep.Convention, periods ...sleep.Period) []sleep.Night {
	t.Helper()
	r, s := scoredDays(text)
	rules := sleep.DefaultRules()
	rules.Convention = c
	nights, err := sleep.Summarise(r, s, periods, rules)
	if err != nil {
		t.Fatal(err)
	}
	return nights
}

func TestNightByHand(t *testing.T) {
	// In bed from 23:00 to 03:00: 20 min awake, 60 asleep, 1 awake, 1 asleep, 8 awake,
	// 120 asleep, 30 awake.
	w, s := func(n int) string { return strings.Repeat("W", n) }, func(n int) string { return strings.Repeat("S", n) }
	text := w(660) + w(20) + s(60) + w(1) + s(1) + w(8) + s(120) + w(30) + w(300)
	bed := night(11*time.Hour, 15*time.Hour)
	bed.LightsOff = after(11*time.Hour + 5*time.Minute)
	n := summarised(t, text, sleep.FirstToLast, bed)[0]
	if n.Reason != "" || n.Evening() != "2024-01-01" || n.Weekend() {
		t.Fatalf("got reason %q, evening %s, weekend %v", n.Reason, n.Evening(), n.Weekend())
	}
	for name, want := range map[string]float64{
		"TIB": 240, "TST": 181, "SOL": 15, "WASO": 39, "snooze": 30, "SE": 100 * 181. / 240, "awakenings": 3, "awakening": 13,
		"midsleep": (11.*60+20+190/2.)/60 - 12, "movement_index": 100 * 59. / 240, "fragmentation_index": 100. / 3,
		"sleep_fragmentation_index": 100*59./240 + 100./3,
		"mobile":                    100 * 9. / 190, "brief_immobile": 100. / 3, "fragmentation_actiware": 100*9./190 + 100./3,
	} {
		near(t, name, measure(t, n, name), want, 1e-9)
	}

	late := bed
	late.LightsOff = after(11*time.Hour + 50*time.Minute) // asleep before
	n = summarised(t, text, sleep.FirstToLast, late)[0]
	near(t, "SOL of one who slept before lights off", n.SOL, 0, 0)
	near(t, "its TST", n.TST, 181-30, 0)
	late.LightsOff = after(16 * time.Hour)
	if n = summarised(t, text, sleep.FirstToLast, late)[0]; !strings.Contains(n.Reason, "lights went off outside") {
		t.Errorf("lights off after getting up: got reason %q", n.Reason)
	}

	n = summarised(t, text, sleep.Immobility, bed)[0]
	for name, want := range map[string]float64{
		"TST": 181, "SOL": 14, "snooze": 30, "WASO": 10, "awakenings": 3,
	} {
		near(t, "immobility: "+name, measure(t, n, name), want, 1e-9)
	}
}

func measure(t *testing.T, n sleep.Night, id string) float64 {
	t.Helper()
	for _, m := range sleep.NightMeasures() {
		if m.ID == id {
			return m.Value(n)
		}
	}
	t.Fatalf("there is no measure %s", id)
	return 0
}

func TestInvalidNights(t *testing.T) {
	day := strings.Repeat("W", 600) + strings.Repeat("S", 240) + strings.Repeat("?", 60) + strings.Repeat("S", 240) + strings.Repeat("W", 300)
	for _, c := range []struct {
		period sleep.Period
		says   string
	}{
		{night(10*time.Hour, 14*time.Hour), ""},
		{night(10*time.Hour, 11*time.Hour), "1 h in bed are less than 2 h"},
		{night(2*time.Hour, 20*time.Hour), "18 h in bed are more than 16 h"},
		{night(10*time.Hour, 18*time.Hour), "12% of it is not scored, more than 10%"},
		{night(2*time.Hour, 6*time.Hour), "there is no sleep in it"},
		{night(20*time.Hour, 30*time.Hour), "not within the recording"},
		{night(-2*time.Hour, 6*time.Hour), "not within the recording"},
	} {
		n := summarised(t, day, sleep.FirstToLast, c.period)[0]
		if got := n.Reason; c.says == "" && got != "" || !strings.Contains(got, c.says) || n.Valid() != (c.says == "") {
			t.Errorf("%s to %s: got reason %q, want %q", c.period.From, c.period.To, got, c.says)
		}
	}
	awake := summarised(t, day, sleep.FirstToLast, night(2*time.Hour, 6*time.Hour))[0]
	if awake.TST != 0 || awake.SE != 0 || !math.IsNaN(awake.SOL) || !math.IsNaN(awake.Midsleep) || !awake.Onset.IsZero() {
		t.Errorf("a night without sleep has %+v", awake)
	}
	nap := night(10*time.Hour, 11*time.Hour)
	nap.Kind = diary.Nap
	if n := summarised(t, day, sleep.FirstToLast, nap)[0]; !n.Valid() {
		t.Errorf("a nap of an hour: got reason %q", n.Reason)
	}
}

// TestSplitNight: the parts of a night add up to it.
func TestSplitNight(t *testing.T) {
	text := strings.Repeat("W", 600) + strings.Repeat("SSSSSSSW", 60) + strings.Repeat("W", 360)
	for _, at := range []time.Duration{12 * time.Hour, 13*time.Hour + 7*time.Minute, 15 * time.Hour} {
		whole := summarised(t, text, sleep.FirstToLast, night(10*time.Hour, 18*time.Hour))[0]
		parts := summarised(t, text, sleep.FirstToLast, night(10*time.Hour, at), night(at, 18*time.Hour))
		near(t, "TST", parts[0].TST+parts[1].TST, whole.TST, 0)
		near(t, "TIB", parts[0].TIB+parts[1].TIB, whole.TIB, 0)
		near(t, "SOL + TST + WASO", whole.SOL+whole.TST+whole.WASO, whole.TIB, 0)
	}
}

func TestMainAndNaps(t *testing.T) {
	h := time.Hour
	got := sleep.MainAndNaps([]sleep.Period{
		night(26*h, 27*h), // Tuesday 14:00: a nap
		night(11*h, 14*h), // Monday 23:00, up for half an hour
		night(14*h+30*time.Minute, 19*h),
		night(22*h, 23*h), // Tuesday 10:00, of Monday's evening
		night(35*h, 43*h), // Tuesday night
		night(60*h, 61*h), // Thursday 0:00: too short for a night
	}, time.Hour, 2*time.Hour)
	var text []string
	for _, p := range got {
		text = append(text, fmt.Sprintf("%s %s %v", p.Evening(), p.Kind, actigraphy.InWords(p.Length())))
	}
	want := "2024-01-01 night 8 h, 2024-01-01 nap 1 h, 2024-01-02 nap 1 h, 2024-01-02 night 8 h, 2024-01-03 nap 1 h"
	if strings.Join(text, ", ") != want {
		t.Errorf("got %s\nwant %s", strings.Join(text, ", "), want)
	}
}

func TestMeansOverWeek(t *testing.T) {
	// Nights of 7 h asleep on weekdays and 9 h on Friday's and Saturday's evenings,
	// from 23:00 and from 1:00.
	var text strings.Builder
	var periods []sleep.Period
	for day := range 7 {
		from, length := 11, 7
		if day == 4 || day == 5 {
			from, length = 13, 9
		}
		text.WriteString(strings.Repeat("W", 60*from) + strings.Repeat("S", 60*length) + strings.Repeat("W", 60*(24-from-length)))
		start := time.Duration(24*day+from) * time.Hour
		periods = append(periods, night(start, start+time.Duration(length)*time.Hour))
	}
	nights := summarised(t, text.String(), sleep.FirstToLast, periods...)
	for _, m := range sleep.MeansOf(nights) {
		if m.Measure.ID != "TST" {
			continue
		}
		near(t, "weekdays", m.Weekdays.Mean, 420, 1e-9)
		near(t, "weekends", m.Weekends.Mean, 540, 1e-9)
		near(t, "all", m.All.Mean, (5*420+2*540)/7., 1e-9)
		mean := (5*420 + 2*540) / 7.
		near(t, "SD", m.All.SD, math.Sqrt((5*(420-mean)*(420-mean)+2*(540-mean)*(540-mean))/6), 1e-9)
		if m.All.N != 7 || m.Weekdays.N != 5 || m.Weekends.N != 2 {
			t.Errorf("got %d, %d, %d nights, want 7, 5, 2", m.All.N, m.Weekdays.N, m.Weekends.N)
		}
	}
	nights[2].Kind = diary.Nap
	if m := sleep.MeansOf(nights)[0]; m.All.N != 6 {
		t.Errorf("got means over %d nights and a nap, want 6", m.All.N)
	}
	if m := sleep.NapMeansOf(nights)[0]; m.All.N != 1 || m.All.Mean != 420 || !math.IsNaN(m.All.SD) {
		t.Errorf("got %+v of one nap of 420 min", m.All)
	}
	nights[2].Kind = diary.Night
	c, err := sleep.ChronotypeOf(nights)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "MSW", c.MSW, 2.5, 1e-9)
	near(t, "MSF", c.MSF, 5.5, 1e-9)
	near(t, "social jet lag", c.SocialJetLag, 3, 1e-9)
	near(t, "MSFsc", c.MSFsc, 5.5-(9-(5*7+2*9)/7.)/2, 1e-9)
	if _, err := sleep.ChronotypeOf(nights[:4]); err == nil {
		t.Error("a chronotype without a day off")
	}
}

// TestMidsleepOfDaySleepers: sleep after a night's work lies after the midnight of
// the evening before.
func TestMidsleepOfDaySleepers(t *testing.T) {
	text := strings.Repeat("W", 20*60) + strings.Repeat("S", 8*60) + strings.Repeat("W", 20*60)
	n := summarised(t, text, sleep.FirstToLast, night(20*time.Hour, 28*time.Hour))[0]
	near(t, "midsleep", n.Midsleep, 12, 1e-9) // 8:00 to 16:00
	early := strings.Repeat("W", 8*60) + strings.Repeat("S", 2*60) + strings.Repeat("W", 20*60)
	n = summarised(t, early, sleep.FirstToLast, night(8*time.Hour, 10*time.Hour))[0]
	near(t, "midsleep", n.Midsleep, -3, 1e-9) // 20:00 to 22:00
}

// TestDiaryPeriods: a diary's wall clock is read in the recording's zone.
func TestDiaryPeriods(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	entries := []diary.Entry{
		{Kind: diary.Night, From: clock(t, "2024-03-30T23:00:00"), To: clock(t, "2024-03-31T07:00:00"), Asleep: clock(t, "2024-03-30T23:30:00"), Line: 2},
		{Kind: diary.NotWorn, From: clock(t, "2024-03-31T08:00:00"), To: clock(t, "2024-03-31T09:00:00")},
		{Kind: diary.Nap, From: clock(t, "2024-03-31T13:00:00"), To: clock(t, "2024-03-31T14:00:00")},
	}
	start := actigraphy.Zoned(time.Date(2024, 3, 29, 12, 0, 0, 0, berlin))
	periods, err := sleep.DiaryPeriods(entries, start)
	if err != nil {
		t.Fatal(err)
	}
	if len(periods) != 2 || periods[0].Length() != 7*time.Hour || periods[1].Kind != diary.Nap || periods[0].Origin != sleep.FromDiary {
		t.Fatalf("got %v, want a night of 7 h, when the clock was put forward, and a nap", periods)
	}
	if got := periods[0].LightsOff.Sub(periods[0].From); got != 30*time.Minute {
		t.Errorf("lights off after %v", got)
	}
	if _, err := sleep.DiaryPeriods(entries, actigraphy.Undated(time.Monday, 0)); err == nil || !strings.Contains(err.Error(), "no dates") {
		t.Errorf("a diary over a recording without dates: %v", err)
	}
	entries[0].To = entries[0].From
	if _, err := sleep.DiaryPeriods(entries, start); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("an entry without length: %v", err)
	}
}

func TestTudorLockeBounds(t *testing.T) {
	w, s := func(n int) string { return strings.Repeat("W", n) }, func(n int) string { return strings.Repeat("S", n) }
	rule := sleep.TudorLocke{BedMinutes: 5, WakeMinutes: 10, Shortest: 20, Longest: 100}
	for _, c := range []struct{ name, text, want string }{
		{"5 of sleep begin", w(20) + s(5) + w(9) + s(6) + w(10), "20-40"},
		{"4 don't", w(20) + s(4) + w(9) + s(16) + w(10), ""},
		{"9 of wake go on", w(20) + s(10) + w(9) + s(10) + w(10), "20-49"},
		{"10 of wake end", w(20) + s(20) + w(10) + s(20) + w(10), "20-40 50-70"},
		{"too long", w(20) + s(101) + w(10), ""},
		{"unknown ends", w(20) + s(30) + "?" + s(30) + w(10), "20-50 51-81"},
		{"cut off", w(20) + s(50), ""},
	} {
		r, scoring := scoredDays(c.text)
		periods, err := rule.Periods(scoring, r.Activity)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range periods {
			got = append(got, fmt.Sprintf("%v-%v", p.From.Sub(r.Start).Minutes(), p.To.Sub(r.Start).Minutes()))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	if _, err := (sleep.TudorLocke{}).Periods(sleep.Scoring{}, nil); err == nil {
		t.Error("a rule without lengths is taken")
	}
}
