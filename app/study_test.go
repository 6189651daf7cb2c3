package app_test

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
	"circascope/app"
	"circascope/inference"
	"circascope/plots"
)

// byHalfHours is a protocol of another definition than the first, with a parameter of all
// measures and one of a single one.
func byHalfHours(t *testing.T) protocol.File {
	t.Helper()
	p := protocol.Default("half hours", metrics.PyActigraphy)
	p.All = map[string]string{"bin": "30 min"}
	p.Of = map[string]map[string]string{"IV": {"bin": "20 min"}}
	p.Measures = []string{"IS", "IV", "L3"}
	f, err := p.File()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestMeasuresFollowTheProtocolEverywhere compares what pages, exports, colours and
// drawings make of one measure with what its parameters give.
func TestMeasuresFollowTheProtocolEverywhere(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "a.csv", stamped("2024-03-28 10:00", 9*1440))
	plain, _ := metrics.Find(metrics.PyActigraphy, "IS")
	set, err := metrics.Set([]metrics.Metric{plain}, []string{"bin=30"})
	if err != nil {
		t.Fatal(err)
	}
	want := b.measures(t, set, id)[0].Values[0].Value
	if other := b.measures(t, []metrics.Metric{plain}, id)[0].Values[0].Value; math.IsNaN(want) || want == other {
		t.Fatalf("bins of 30 min give %v and the default %v, want two values", want, other)
	}
	if _, err := b.ApplyProtocol(t.Context(), byHalfHours(t), by, nil); err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	measured, err := b.Measures(t.Context(), app.Only(id), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range measured[0].Values {
		if v.ID == "IS" {
			got["the page of measures"] = v.Value
		}
	}
	rows, err := b.MeasuresExport(t.Context(), app.All(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := rows.Table(t.Context())
	if err != nil || len(table.Rows) != 3 {
		t.Fatalf("the export has %d rows, %v, want the protocol's 3 measures", len(table.Rows), err)
	}
	got["the export of measures"], _ = strconv.ParseFloat(table.Rows[0][slices.Index(table.Header, "value")], 64)
	cohort, err := b.Cohort(t.Context(), app.CohortOptions{Recordings: app.All(), Columns: []string{"IS"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got["the cohort"] = cohort.Values.Of(cohort.Rows[0], *cohort.Field("IS")).Number
	d, err := b.DrawDistribution(t.Context(), app.DistributionOptions{Recordings: app.All(), Measure: "IS"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got["the distribution"] = d.Chart.(plots.Distribution).Groups[0].Values[0]
	color, err := b.Coloring(t.Context(), "IS", []inference.Result{{Provenance: inference.Provenance{Recording: id}}})
	if err != nil {
		t.Fatal(err)
	}
	got["the colours"] = color.Numbers[0]
	for where, v := range got {
		if v != want {
			t.Errorf("%s: got IS %v, want %v, by the protocol's parameters", where, v, want)
		}
	}
	s := b.study(t)
	for id, bin := range map[string]string{"IS": "30 min", "IV": "20 min", "L3": ""} {
		m, known := s.Find("", id)
		i := slices.IndexFunc(m.Parameters, func(p metrics.Parameter) bool { return p.Name == "bin" })
		if !known || bin != "" && m.Parameters[i].Value != bin || !s.Names(m) {
			t.Errorf("%s: got %v %+v, want bins of %s", id, known, m.Parameters, bin)
		}
	}
	if m, _ := s.Find(metrics.Paper, "IS"); s.Names(m) || s.Follows(metrics.Paper) || m.Parameters[0].Value != m.Parameters[0].Default {
		t.Error("another definition follows the protocol")
	}
}

// sideOf exports a table and reads its side file.
func sideOf(t *testing.T, b *bench, rows app.RowSource) app.Sources {
	t.Helper()
	path := filepath.Join(b.dir, "out.csv")
	if _, err := b.ExportRows(t.Context(), path, rows); err != nil {
		t.Fatal(err)
	}
	var side struct{ Sources app.Sources }
	if err := json.Unmarshal(read(t, path+".provenance.json"), &side); err != nil {
		t.Fatal(err)
	}
	return side.Sources
}

func TestSideFilesNameTheProtocol(t *testing.T) {
	b := newBench(t).withLibrary(t)
	id := b.imported(t, "a.csv", stamped("2024-03-28 10:00", 9*1440))
	export := func(sets ...metrics.Definition) app.Sources {
		t.Helper()
		rows, err := b.MeasuresExport(t.Context(), app.Only(id), sets, nil)
		if err != nil {
			t.Fatal(err)
		}
		return sideOf(t, b, rows)
	}
	if src := export(); src.Protocol != nil || src.Parameters != nil {
		t.Errorf("without a protocol: got %+v and %+v", src.Protocol, src.Parameters)
	}
	f := byHalfHours(t)
	if _, err := b.ApplyProtocol(t.Context(), f, by, nil); err != nil {
		t.Fatal(err)
	}
	src := export()
	if src.Protocol == nil || src.Protocol.Name != f.Name || src.Protocol.SHA256 != f.SHA256 || src.Protocol.AppliedBy != by.Author || len(src.Protocol.Deviations) != 0 {
		t.Fatalf("got %+v", src.Protocol)
	}
	if again, err := protocol.Parse("the side file", []byte(src.Protocol.Text)); err != nil || again.SHA256 != f.SHA256 {
		t.Errorf("its text gives %s, %v, want the protocol", again.SHA256, err)
	}
	want := []app.ChangedParameter{{"IS", metrics.PyActigraphy, "bin", "30 min", "60 min"}, {"IV", metrics.PyActigraphy, "bin", "20 min", "60 min"}}
	if !slices.Equal(src.Parameters, want) {
		t.Errorf("got the parameters %+v, want %+v", src.Parameters, want)
	}
	if src := sideOf(t, b, app.SourceOf(app.ParticipantsTable(b.rows(t)), app.Sources{What: "participants"})); src.Protocol == nil {
		t.Error("an export that measures nothing does not name the protocol")
	}
	for what, src := range map[string]app.Sources{"the definition paper": export(metrics.Paper), "8 hours by now": func() app.Sources {
		if err := b.SetValidDay(t.Context(), wear.ValidDay{Hours: 8}); err != nil {
			t.Fatal(err)
		}
		return export()
	}()} {
		if got := strings.Join(src.Protocol.Deviations, "; "); !strings.Contains(got, what) {
			t.Errorf("got the deviations %q, want %q", got, what)
		}
	}
}
