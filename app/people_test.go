package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy/people"
	"circascope/actigraphy/peoplefile"
	"circascope/app"
	"circascope/inference"
)

// peopleTable writes a table of two participants of the sample and a stranger.
func peopleTable(t *testing.T, b *bench) (path string, rows []app.Row) {
	t.Helper()
	rows, err := b.Rows(t.Context())
	if err != nil || len(rows) < 3 {
		t.Fatalf("got %d rows, %v", len(rows), err)
	}
	table := fmt.Sprintf("id,visit,sex,age,device\n%s,2,1,41,x\n%s,1,1,40,y\n%s,1,2,50,x\nstranger,1,2,60,x\n", rows[0].Subject, rows[0].Subject, rows[1].Subject)
	return b.write(t, "people.csv", []byte(table)), rows
}

func texts(values []people.Value) string {
	var list []string
	for _, v := range values {
		list = append(list, v.Name+"="+v.Text)
	}
	return strings.Join(list, " ")
}

func TestPeople(t *testing.T) {
	b := newBench(t).withSample(t)
	path, before := peopleTable(t, b)
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{}); !errors.Is(err, people.ErrVisits) {
		t.Errorf("without a choice for visits: got %v", err)
	}
	p, err := b.PreviewPeople(t.Context(), path, app.PeopleOptions{})
	if err != nil || p.Repeated != 1 || p.Table.ID != "id" || len(p.Report.Both) != 2 || !slices.Equal(p.Report.OnlyTable, []string{"stranger"}) || len(p.Report.OnlyLibrary) != len(before)-2 {
		t.Errorf("preview: got %+v, %v", p, err)
	}
	if tables, err := b.PeopleTables(t.Context()); err != nil || len(tables) != 0 {
		t.Errorf("a preview stored something: %v, %v", tables, err)
	}
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{Visits: people.Last}); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// "device" is a column of the program.
	for i, want := range []string{"sex=1 age=41 device (people.csv)=x", "sex=2 age=50 device (people.csv)=x", "sex= age= device (people.csv)="} {
		if got := texts(rows[i].Values); got != want {
			t.Errorf("row %d: got %q, want %q", i, got, want)
		}
	}
	var kept *app.ErrKept
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{Visits: people.Each}); !errors.As(err, &kept) {
		t.Errorf("a second time: got %v", err)
	}
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{Visits: people.Each, Replace: true}); err != nil {
		t.Fatal(err)
	}
	tables, err := b.PeopleTables(t.Context())
	if err != nil || len(tables) != 1 || tables[0].Visits != people.Each || tables[0].People != 3 || len(tables[0].Report.Both) != 2 {
		t.Fatalf("got %+v, %v", tables, err)
	}
	variables, of, err := b.Variables(t.Context())
	if err != nil || len(variables) != 5 || texts(of[rows[0].Subject]) != "sex=1 age.1=40 age.2=41 device.1=y device.2=x" {
		t.Errorf("got %v, %q, %v", variables, texts(of[rows[0].Subject]), err)
	}
	if err := b.RemovePeople(t.Context(), tables[0].ID); err != nil {
		t.Error(err)
	}
	if rows, err := b.Rows(t.Context()); err != nil || len(rows[0].Values) != 0 {
		t.Errorf("after removing it: got %v, %v", rows[0].Values, err)
	}
}

func TestColoringByVariable(t *testing.T) {
	b := newBench(t).withSample(t)
	path, rows := peopleTable(t, b)
	o := app.PeopleOptions{Visits: people.First, Options: peoplefile.Options{Types: map[string]people.Type{"age": people.Number}}}
	if _, err := b.ImportPeople(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	var results []inference.Result
	for _, r := range rows[:3] {
		results = append(results, inference.Result{Provenance: inference.Provenance{Recording: r.ID, Subject: r.Subject}})
	}
	c, err := b.Coloring(t.Context(), "AGE", results)
	if err != nil || c.Name != "age" || len(c.Numbers) != 3 || c.Numbers[0] != 40 || c.Numbers[1] != 50 || c.Numbers[2] == c.Numbers[2] {
		t.Errorf("age: got %+v, %v", c, err)
	}
	c, err = b.Coloring(t.Context(), "sex", results)
	if err != nil || !slices.Equal(c.Categories, []string{"1", "2", ""}) {
		t.Errorf("sex: got %+v, %v", c, err)
	}
	if _, err := b.Coloring(t.Context(), "weight", results); err == nil {
		t.Error("a variable that is not there: got no error")
	}
}

func TestExportsOfVariables(t *testing.T) {
	b := newBench(t).withSample(t)
	path, _ := peopleTable(t, b)
	if _, err := b.ImportPeople(t.Context(), path, app.PeopleOptions{Visits: people.First}); err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	table := app.ParticipantsTable(rows)
	if n := len(table.Header); !slices.Equal(table.Header[n-3:], []string{"sex", "age", "device (people.csv)"}) || !slices.Equal(table.Rows[1][n-3:], []string{"2", "50", "x"}) {
		t.Errorf("participants: got %q, %q", table.Header, table.Rows[1])
	}
	set := app.EmbeddingSet{Results: []inference.Result{{Provenance: inference.Provenance{Subject: rows[0].Subject}, Vector: make([]float32, 96)}, {Provenance: inference.Provenance{Subject: "gone"}, Vector: make([]float32, 96)}}}
	table, src, err := b.EmbeddingsExport(t.Context(), []app.EmbeddingSet{set})
	if err != nil {
		t.Fatal(err)
	}
	n := len(table.Header)
	if !slices.Equal(table.Header[n-4:], []string{"e95", "sex", "age", "device (people.csv)"}) || !slices.Equal(table.Rows[0][n-3:], []string{"1", "40", "y"}) {
		t.Errorf("embeddings: got %q, %q", table.Header[n-4:], table.Rows[0][n-4:])
	}
	if len(table.Rows[1]) != n {
		t.Errorf("a row of nobody has %d cells, want %d", len(table.Rows[1]), n)
	}
	text, err := json.Marshal(src)
	if err != nil || !bytes.Contains(text, []byte(`"participant_tables":[{"name":"people.csv","sha256":"`)) {
		t.Errorf("got sources %s, %v", text, err)
	}
}

// TestTablesIn tells tables of participants and diaries from recordings.
func TestTablesIn(t *testing.T) {
	b := newBench(t).withSample(t)
	table, _ := peopleTable(t, b)
	var epochs, cohort strings.Builder
	epochs.WriteString("time,activity\n")
	cohort.WriteString("id,time,activity\n")
	for i := range 300 {
		fmt.Fprintf(&epochs, "2022-04-05 %02d:%02d,%d\n", i/60, i%60, i)
		fmt.Fprintf(&cohort, "P%d,2022-04-05 %02d:%02d,%d\n", i/150, i%150/60, i%60, i)
	}
	diary := b.write(t, "diary.csv", []byte("participant,kind,bed,rise\nP1,night,2026-03-01 22:30,2026-03-02 07:00\nP2,night,2026-03-01 22:30,2026-03-02 07:00\n"))
	open := b.write(t, "open.csv", []byte("id,bed,rise\nA,03/02/2026 22:30,04/02/2026 07:00\n")) // of which the date order is asked
	paths := []string{
		diary, table, open, b.write(t, "epochs.csv", []byte(epochs.String())), b.write(t, "cohort.csv", []byte(cohort.String())),
		b.write(t, "letter.txt", []byte("Dear reader,\nthis is a letter.\n")), filepath.Join(b.dir, "nothing.csv"), b.dir,
	}
	got, err := b.TablesIn(t.Context(), paths)
	if err != nil || !slices.Equal(got.People, []string{table}) || !slices.Equal(got.Diaries, []string{diary, open}) {
		t.Errorf("got %q, %v, want %q and the diaries", got, err, table)
	}
}

func TestMergeAndMove(t *testing.T) {
	b := newBench(t).withSample(t)
	rows, err := b.Rows(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, second := rows[0], rows[1]
	if n, err := b.MergeSubjects(t.Context(), first.Subject, second.Subject); err != nil || n != 1 {
		t.Fatalf("got %d, %v", n, err)
	}
	if err := b.MoveRecording(t.Context(), first.ID, "visit 2"); err != nil {
		t.Fatal(err)
	}
	r, err := b.Recording(t.Context(), first.ID)
	if err != nil || r.Subject != "visit 2" || r.Source.Subject != first.Subject {
		t.Errorf("got %+v, %v", r, err)
	}
}
