package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
)

func defaultPreparation() prepare.Options { return prepare.DefaultOptions() }

func withEmbeddings(t *testing.T, sizes ...models.Size) *fixture {
	t.Helper()
	key := fmt.Sprint(sizes)
	file, made := embedded[key]
	if !made {
		f := withSample(t)
		f.runAll(sizes...)
		path := filepath.Join(f.dir, "embedded.circascope")
		if err := f.wb.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		var err error
		if file, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
		embedded[key] = file
	}
	f := withLibrary(t, file)
	f.runAll(sizes...) // which finds its results there
	return f
}

// embedded are the libraries of withEmbeddings by their sizes, made once: every
// test gets a copy.
var embedded = map[string][]byte{}

func (f *fixture) runAll(sizes ...models.Size) {
	f.run(app.RunOptions{Recordings: app.All(), Models: sizes, Prepare: defaultPreparation(), AllowDemo: true})
	f.settle()
}

func TestRunShowsTheProjection(t *testing.T) {
	f := withSample(t)
	f.runAll(models.Small)
	if f.at != embeddingsPlace {
		t.Fatalf("after the run the page is %q, want %q", f.at, embeddingsPlace)
	}
	p := f.pages[embeddingsPlace].(*embeddings)
	if got := len(p.projection.XY); got != 47 {
		t.Errorf("%d points, want one a week, 47", got)
	}
	text := textOf(f.body)
	for _, want := range []string{"demo weights", "of the variance)", "scaler"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	p.hovered(3)
	if got, want := p.hover.Text(), p.projection.Set.Results[3].Subject; !strings.HasPrefix(got, want) {
		t.Errorf("the pointer shows %q, want the participant %s", got, want)
	}
}

func TestClickOpensTheActogram(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	p := f.pages[embeddingsPlace].(*embeddings)
	p.points.OnTap(5)
	f.settle()
	if f.at != activityPlace || f.study.chosen != p.projection.Set.Results[5].Recording {
		t.Errorf("a click on a point shows %q of %s, want %q of %s", f.at, f.study.chosen, activityPlace, p.projection.Set.Results[5].Recording)
	}
}

func TestLassoMarksInTheTable(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	p := f.pages[embeddingsPlace].(*embeddings)
	p.points.OnLasso([]int{1, 4, 9})
	_, marked := f.pages[participantsPlace].(*participants).table.Selected()
	if len(marked) != 3 {
		t.Errorf("a lasso around 3 points marks the rows %v, want 3", marked)
	}
	if got := p.selected(); !slices.Equal(got, []int{1, 4, 9}) {
		t.Errorf("the projection rings %v, want the points of the lasso", got)
	}
}

func TestRunWithoutApprovedWeightsIsRefused(t *testing.T) {
	f := withSample(t)
	f.run(app.RunOptions{Recordings: app.All(), Models: []models.Size{models.Small}, Prepare: defaultPreparation()})
	f.settle()
	if got := f.dialogText(); !strings.Contains(got, "Running PAT failed") || !strings.Contains(got, "no weights are approved") {
		t.Errorf("the dialog says %q, want that no weights are approved", got)
	}
}

func TestDemoIsTickedInTheSampleOnly(t *testing.T) {
	files := func(small models.State) []models.File {
		return []models.File{
			{Model: models.Small, State: small},
			{Model: models.Medium, State: models.Missing},
			{Model: models.Large, State: models.Missing},
			{Model: models.Small, State: models.Demo},
		}
	}
	f := withSample(t)
	for state, want := range map[models.State]bool{models.Missing: true, models.Approved: false, models.Changed: false} {
		if got := f.demoByDefault(files(state)); got != want {
			t.Errorf("in the sample library with PAT-S %s the demo weights are ticked: %v, want %v", state, got, want)
		}
	}
	f.createLibrary(filepath.Join(f.dir, "own.circascope"))
	f.settle()
	if f.demoByDefault(files(models.Missing)) {
		t.Error("in a library of one's own the demo weights are ticked without a click")
	}
}

func TestEmbeddingsShowTheModelThatRan(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	f.goTo(embeddingsPlace)
	f.settle()
	f.run(app.RunOptions{Recordings: app.All(), Models: []models.Size{models.Medium}, Prepare: defaultPreparation(), AllowDemo: true})
	f.settle()
	if got := f.pages[embeddingsPlace].(*embeddings).model(); got != models.Medium {
		t.Errorf("after a run of PAT-M the page shows PAT-%s", got)
	}
}

func TestExportWritesChartAndProvenance(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	form := newExportForm(f.Window, f.pages[embeddingsPlace].(exporting).exports())
	for _, ending := range []string{"png", "svg", "pdf"} {
		path := filepath.Join(f.dir, "chart."+ending)
		form.field.entry.SetText(path)
		closed := false
		if err := form.write(func() { closed = true }); err != nil {
			t.Fatal(err)
		}
		if !closed {
			t.Error("the dialog stayed")
		}
		for _, name := range []string{path, path + ".provenance.json"} {
			if info, err := os.Stat(name); err != nil || info.Size() == 0 {
				t.Errorf("%s was not written: %v", filepath.Base(name), err)
			}
		}
		if got := f.dialogText(); !strings.Contains(got, "Wrote 2 files") || !strings.Contains(got, path) {
			t.Errorf("the dialog says %q, want the names of the files", got)
		}
	}
}

func TestExportRefusesWhatCannotBe(t *testing.T) {
	f := withEmbeddings(t, models.Small)
	form := newExportForm(f.Window, f.pages[embeddingsPlace].(exporting).exports())
	tests := []struct{ name, path, dpi, want string }{
		{"no name", "", "300", "type the path"},
		{"another ending", "/tmp/chart.tiff", "300", ".png, .svg or .pdf"},
		{"no number", "/tmp/chart.png", "many", "dots per inch"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form.field.entry.SetText(tt.path)
			form.dpi.SetText(tt.dpi)
			err := form.write(func() { t.Error("the dialog closed") })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

// TestColoursAreChosenFromGroups opens the list, searches and takes what is found.
func TestColoursAreChosenFromGroups(t *testing.T) {
	f := withFew(t, 2)
	p := f.pages[embeddingsPlace].(*embeddings)
	f.run(app.RunOptions{Recordings: app.All(), Models: models.Sizes()[:1], Prepare: defaultPreparation(), AllowDemo: true})
	f.goTo(embeddingsPlace)
	f.settle()
	test.Tap(p.color.button)
	if got := f.dialogText(); !strings.Contains(got, "Week\n") || !strings.Contains(got, "Recording\n") || !strings.Contains(got, app.ColorActivity) {
		t.Fatalf("the list says %q, want groups", got)
	}
	find := f.win.Canvas().Focused().(*controls.Entry)
	find.SetText("no such thing")
	pressConfirm(t, f)
	if got := f.dialogText(); !strings.Contains(got, "0 of ") {
		t.Errorf("of nothing found it says %q", got)
	}
	find.SetText("interdaily stability")
	pressConfirm(t, f)
	if got := p.color.Selected(); f.dialogText() != "" || got != "IS" || p.coloring.Name == "" || p.color.button.Text != "IS" {
		t.Errorf("got %q, coloured by %q, want the measure IS", got, p.coloring.Name)
	}
}

func TestTheColourListHasEachGroupOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range colorRows(colorFields(app.Study{}, nil)) {
		if r.heading != "" && seen[r.heading] {
			t.Errorf("the group %q comes twice", r.heading)
		}
		seen[r.heading] = true
	}
	if len(seen) < 6 {
		t.Errorf("got %d groups", len(seen))
	}
}
