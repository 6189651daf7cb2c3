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
	d, err := b.DrawDistribution(t.Context(), app.DistributionOptions{Measure: m, By: "sex"}, nil)
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
		if _, err := b.DrawDistribution(t.Context(), app.DistributionOptions{Measure: m, By: column}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("by %s: got %v, want an error with %q", column, err, want)
		}
	}
}
