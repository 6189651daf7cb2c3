package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDrawingsAreWrittenAsChartsAndAsTables goes through the drawings of a recording
// in both forms.
func TestDrawingsAreWrittenAsChartsAndAsTables(t *testing.T) {
	f := withSample(t)
	f.goTo(activityPlace)
	f.settle()
	form := newExportForm(f.Window, f.pages[activityPlace].(exporting).exports())
	tried := 0
	for i, item := range form.items {
		if !item.both() {
			continue
		}
		tried++
		form.item.SetSelectedIndex(i)
		for _, ending := range []string{"svg", "csv"} {
			form.either.Set(ending)
			form.rename()
			path := filepath.Join(f.dir, item.base+"."+ending)
			form.field.entry.SetText(path)
			if err := form.write(func() {}); err != nil {
				t.Fatalf("%s: %v", item.name, err)
			}
			f.settle()
			for _, name := range []string{path, path + ".provenance.json"} {
				if info, err := os.Stat(name); err != nil || info.Size() == 0 {
					t.Errorf("%s: %s was not written: %v", item.name, filepath.Base(name), err)
				}
			}
			side, _ := os.ReadFile(path + ".provenance.json")
			if want := `"command": "pat export ` + strings.Join(item.pat, " "); !strings.Contains(string(side), want) || !strings.Contains(string(side), "--out "+filepath.Base(path)) {
				t.Errorf("%s as %s: the side file has no %s", item.name, ending, want)
			}
			command := form.command()
			if want := "pat export " + strings.Join(item.pat, " "); !strings.HasPrefix(command, want) || strings.Contains(command, "--dpi") != (ending == "svg") {
				t.Errorf("%s as %s: got %q, want %q, and a resolution for a chart alone", item.name, ending, command, want)
			}
		}
	}
	if tried < 8 {
		t.Errorf("tried %d drawings, want at least eight", tried)
	}
}
