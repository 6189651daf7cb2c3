package app_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy/format"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/zone"
	"circascope/app"
	"circascope/plots"
)

// cosineDays imports days of 300 + 200·cos with its peak at 15:00, rounded to whole
// counts, and returns the recording's id.
func (b *bench) cosineDays(t *testing.T, name string, days int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("time,activity\n")
	start := time.Date(2026, 11, 16, 12, 0, 0, 0, time.UTC)
	for i := range days * 1440 {
		hour := 12 + float64(i)/60
		v := 300 + 200*math.Cos(2*math.Pi*(hour-15)/24)
		fmt.Fprintf(&text, "%s,%.0f\n", start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), v)
	}
	if _, err := b.Import(t.Context(), []string{b.write(t, name+".csv", []byte(text.String()))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(r app.Row) bool { return r.Subject == name })
	if at < 0 {
		t.Fatalf("%s was not imported", name)
	}
	return rows[at].ID
}

func near(got, want, by float64) bool { return math.Abs(got-want) <= by }

func TestDrawCosinor(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.cosineDays(t, "P1", 4)
	for _, test := range []struct {
		name string
		o    app.CosinorOptions
		days int // named on the axis
		rows int // of the table
	}{
		{"average day", app.CosinorOptions{Extended: true}, 0, 144},
		{"whole recording", app.CosinorOptions{Whole: true}, 5, 5 * 144},
		{"as pyActigraphy", app.CosinorOptions{Definition: metrics.PyActigraphy}, 0, 144},
	} {
		d, err := b.DrawCosinor(t.Context(), id, test.o)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		chart := d.Chart.(plots.Cosinor)
		f := chart.Fits[0]
		if !near(f.Level.Value, 300, 0.1) || !near(f.Amplitude.Value, 200, 0.1) || !near(f.Moments[0].Value, 15, 0.01) {
			t.Errorf("%s: got mesor %v, amplitude %v, acrophase %v; want 300, 200, 15", test.name, f.Level.Value, f.Amplitude.Value, f.Moments[0].Value)
		}
		if !(f.Level.Low < f.Level.Value && f.Level.Value < f.Level.High) || f.Interval != "95 % confidence interval" {
			t.Errorf("%s: got the interval %v to %v, %q", test.name, f.Level.Low, f.Level.High, f.Interval)
		}
		if len(chart.Days) != test.days || len(d.Data.Rows) != test.rows {
			t.Errorf("%s: got %d days and %d rows, want %d and %d", test.name, len(chart.Days), len(d.Data.Rows), test.days, test.rows)
		}
		for _, row := range d.Data.Rows {
			hour, fitted := cellOf(t, row[0]), cellOf(t, row[2])
			if want := 300 + 200*math.Cos(2*math.Pi*(hour-15)/24); !near(fitted, want, 0.2) {
				t.Fatalf("%s at %v h: got %v, want %v", test.name, hour, fitted, want)
			}
			if row[1] != "" && !near(cellOf(t, row[1]), fitted, 1) {
				t.Fatalf("%s at %v h: activity %s, curve %v", test.name, hour, row[1], fitted)
			}
		}
		if want := chart.Caption; !strings.Contains(want, "period=24 h") || !strings.Contains(want, "no mask") || !strings.Contains(want, "P1.csv") {
			t.Errorf("%s: got the caption %q", test.name, want)
		}
	}
}

func cellOf(t *testing.T, cell string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDrawCosinorRefuses(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.cosineDays(t, "P1", 2)
	for want, o := range map[string]app.CosinorOptions{
		"draw the whole recording": {Set: []string{"period=25"}},
		"no extended cosinor":      {Definition: metrics.PyActigraphy, Extended: true},
		"parameter":                {Set: []string{"nothing=1"}},
		"less than a period":       {Set: []string{"period=72"}, Whole: true},
	} {
		if _, err := b.DrawCosinor(t.Context(), id, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}

func TestDrawAverageDay(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.cosineDays(t, "P1", 3)
	d, err := b.DrawAverageDay(t.Context(), id, app.AverageDayOptions{BinMinutes: 60, Band: plots.BandQuartiles})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(d.Data.Header, " "), "minute clock median quartile_1 quartile_3 days"; got != want || len(d.Data.Rows) != 24 {
		t.Errorf("got %d rows of %q, want 24 of %q", len(d.Data.Rows), got, want)
	}
	if row := d.Data.Rows[15]; row[1] != "15:00" || !near(cellOf(t, row[2]), 500, 4) || row[5] != "3" {
		t.Errorf("got %v, want the peak of 500 at 15:00 over 3 days", row)
	}
	for _, bin := range []int{-1, 7, 1000} {
		if _, err := b.DrawAverageDay(t.Context(), id, app.AverageDayOptions{BinMinutes: bin}); err == nil {
			t.Errorf("bins of %d minutes were drawn", bin)
		}
	}
}

func TestDrawDistribution(t *testing.T) {
	b := newBench(t).withSample(t)
	path, _ := peopleTable(t, b)
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{Visits: "last"}); err != nil {
		t.Fatal(err)
	}
	m, _ := metrics.Find(metrics.Paper, "IS")
	d, err := b.DrawDistribution(t.Context(), app.DistributionOptions{Recordings: app.All(), Measure: m.ID, By: "sex"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range d.Chart.(plots.Distribution).Groups {
		got = append(got, fmt.Sprintf("%s %d", g.Name, len(g.Values)))
	}
	if want := []string{"1 1", "2 1", "not known 45"}; !slices.Equal(got, want) {
		t.Errorf("got groups %v, want %v", got, want)
	}
	if len(d.Data.Rows) != 47 || d.Data.Header[0] != "group" || len(d.Data.Rows[0]) != len(d.Data.Header) {
		t.Errorf("got %d rows of %d cells under %v", len(d.Data.Rows), len(d.Data.Rows[0]), d.Data.Header)
	}
	if d.Sources.Details["participant_tables"] == nil {
		t.Error("the side file does not name the table that the groups are from")
	}
	for column, want := range map[string]string{"nothing": "no column", app.ColorSubject: "into 47 groups"} {
		if _, err := b.DrawDistribution(t.Context(), app.DistributionOptions{Recordings: app.All(), Measure: m.ID, By: column}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("by %s: got %v, want an error with %q", column, err, want)
		}
	}
}

// nightsOf imports days of 100 counts, and none from 23:00 to 7:00 but a minute at
// 3:00 (a wake of five minutes), and returns the recording's id.
func (b *bench) nightsOf(t *testing.T, name string, days int) string {
	t.Helper()
	return b.nightsFrom(t, name, time.Date(2026, 11, 16, 12, 0, 0, 0, time.UTC), days) // a Monday
}

func (b *bench) nightsFrom(t *testing.T, name string, start time.Time, days int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("time,activity\n")
	for i := range days * 1440 {
		minute := (i + 12*60) % 1440
		v := 300
		if (minute >= 23*60 || minute < 7*60) && !(minute >= 180 && minute < 185) {
			v = 0
		}
		fmt.Fprintf(&text, "%s,%d\n", start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), v)
	}
	if _, err := b.Import(t.Context(), []string{b.write(t, name+".csv", []byte(text.String()))}, format.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows[slices.IndexFunc(rows, func(r app.Row) bool { return r.Subject == name })].ID
}

func TestDrawNights(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.nightsOf(t, "P1", 6)
	d, err := b.DrawNights(t.Context(), id, app.NightOptions{Set: []string{"scoring=sadeh", "rest=tudor-locke"}})
	if err != nil {
		t.Fatal(err)
	}
	rows := d.Chart.(plots.Nights).Rows
	if len(rows) != 6 || len(d.Data.Rows) < 6 {
		t.Fatalf("got %d nights and %d rows, want 6", len(rows), len(d.Data.Rows))
	}
	for i, r := range rows[:5] {
		if !near(r.Bed, -1, 0.2) || !near(r.Rise, 7, 0.2) || !near(r.Midsleep, 3, 0.2) || r.Invalid != "" {
			t.Errorf("%s: got %+v, want sleep from 23:00 to 7:00", r.Name, r)
		}
		if len(r.Awake) != 1 || !near(r.Awake[0][0], 3, 0.2) || !(r.Awake[0][1] > r.Awake[0][0]) {
			t.Errorf("%s: got awakenings %v, want one at 3:00", r.Name, r.Awake)
		}
		if want := i == 4; r.Weekend != want { // from Monday on
			t.Errorf("%s: weekend %t, want %t", r.Name, r.Weekend, want)
		}
	}
	if m, _ := metrics.Find(metrics.Paper, "TST"); len(d.Data.Rows[0]) != len(d.Data.Header) || !slices.Contains(d.Data.Header, m.ID) {
		t.Errorf("the table lacks %s, or rows and header differ: %v", m.ID, d.Data.Header)
	}
	if caption := d.Chart.(plots.Nights).Caption; !strings.Contains(caption, "scoring=sadeh") || !strings.Contains(caption, "rest=tudor-locke") {
		t.Errorf("got the caption %q", caption)
	}
}

// TestDrawNightsOverAChangedClock names a zone in which the clock was put back on
// 25 October; the device kept its own.
func TestDrawNightsOverAChangedClock(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.nightsFrom(t, "P1", time.Date(2026, 10, 23, 12, 0, 0, 0, time.UTC), 4)
	_, err := b.SetZones(t.Context(), []zone.Assignment{{Scope: zone.Study, Place: zone.Place{Zone: "Europe/Berlin", Clock: zone.Kept}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := b.DrawNights(t.Context(), id, app.NightOptions{Set: []string{"scoring=sadeh", "rest=tudor-locke"}})
	if err != nil {
		t.Fatal(err)
	}
	rows := d.Chart.(plots.Nights).Rows
	if len(rows) < 4 {
		t.Fatalf("got %d rows, want four nights", len(rows))
	}
	for i, r := range rows[:4] {
		changed := i == 1 // the night from Saturday to Sunday
		rise := map[bool]float64{true: 6, false: 7}[i >= 1]
		if strings.Contains(r.Clock, "clock put back 1 h") != changed || !near(r.Rise, rise, 0.2) {
			t.Errorf("%s: got up at %v and %q", r.Name, r.Rise, r.Clock)
		}
	}
}

// TestDrawNightsByADiary takes the diary's times, leaves a row for an evening that it
// does not tell of, and refuses without one.
func TestDrawNightsByADiary(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.nightsOf(t, "P1", 6)
	if _, err := b.DrawNights(t.Context(), id, app.NightOptions{Diary: true}); err == nil || !strings.Contains(err.Error(), "no night of P1") {
		t.Errorf("without a diary: got %v", err)
	}
	told := "subject,kind,from,to\nP1,night,2026-11-16T22:30:00,2026-11-17T07:15:00\nP1,night,2026-11-18T22:30:00,2026-11-19T07:30:00\nP1,night,2020-11-18T22:30:00,2020-11-19T07:30:00\nP1,nap,2026-11-19T14:00:00,2026-11-19T15:00:00\n"
	if _, err := b.ImportDiary(t.Context(), b.write(t, "diary.csv", []byte(told)), format.OrderFromFile); err != nil {
		t.Fatal(err)
	}
	d, err := b.DrawNights(t.Context(), id, app.NightOptions{Diary: true})
	if err != nil {
		t.Fatal(err)
	}
	rows := d.Chart.(plots.Nights).Rows
	if len(rows) != 6 || rows[0].Bed != -1.5 || rows[0].Rise != 7.25 || rows[1].Name != "Tue 17 Nov" || rows[1].Invalid == "" || rows[2].Rise != 7.5 || rows[5].Name != "Sat 21 Nov" || !math.IsNaN(rows[5].Bed) {
		t.Errorf("got %+v, want Monday and Wednesday by the diary and nothing of the four other evenings", rows)
	}
	if got := rows[3].Naps; len(got) != 1 || got[0].From != -10 || got[0].To != -9 || len(rows[2].Naps) != 0 {
		t.Errorf("got the naps %+v, want Thursday's at 14:00", got)
	}
	if len(d.Data.Rows) != 3 {
		t.Errorf("got %d rows, want the two nights and the nap", len(d.Data.Rows))
	}
	scored, err := b.DrawScored(t.Context(), id, app.ScoredOptions{NightOptions: app.NightOptions{Diary: true}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range scored.Chart.(plots.Actogram).Masks {
		names = append(names, m.Name)
	}
	if got := strings.Join(names, ", "); !strings.Contains(got, "In bed (diary)") || !strings.Contains(got, "Asleep by") || !strings.Contains(got, "Rest period (diary)") {
		t.Errorf("got the paints %s", got)
	}
	if n := len(scored.Data.Rows); n != 6*1440 {
		t.Errorf("got %d scored epochs, want those of six days", n)
	}
	in := slices.IndexFunc(scored.Data.Rows, func(row []string) bool { return row[4] == "night" })
	if row := scored.Data.Rows[in]; row[1] != "2026-11-16T22:30:00" || row[5] != "diary" {
		t.Errorf("the first epoch in bed is %v", row)
	}
}

func TestDrawPeriodogram(t *testing.T) {
	b := newBench(t).withLibrary(t)
	d, err := b.DrawPeriodogram(t.Context(), b.cosineDays(t, "P1", 6), app.PeriodogramOptions{})
	if err != nil {
		t.Fatal(err)
	}
	spectra := d.Chart.(plots.Periodogram).Spectra
	if len(spectra) != 2 {
		t.Fatalf("got %d methods, want two", len(spectra))
	}
	for _, s := range spectra {
		if !near(s.Period, 24, 0.3) || s.Power[s.Peak] <= s.Level[s.Peak] || len(s.Hours) != len(s.Level) {
			t.Errorf("%s: got a peak at %v h of %v, level %v", s.Name, s.Period, s.Power[s.Peak], s.Level[s.Peak])
		}
	}
	if n := len(spectra[0].Hours) + len(spectra[1].Hours); len(d.Data.Rows) != n {
		t.Errorf("got %d rows for %d periods", len(d.Data.Rows), n)
	}
	if _, err := b.DrawPeriodogram(t.Context(), b.cosineDays(t, "P2", 1), app.PeriodogramOptions{}); err == nil || !strings.Contains(err.Error(), "P2") {
		t.Errorf("of a day: got %v, want an error that names the participant", err)
	}
}
