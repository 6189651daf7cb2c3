//go:build e2e

package e2e

import (
	"image"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The first hour with the program: the sample library, one of its people, a run of
// PAT-S, its projection in a chart and a table, a file of one's own, and the next
// start.
func TestSampleLibrary(t *testing.T) {
	d := newDesk(t)
	out := t.TempDir()
	d.start()
	d.openSample()
	d.openActogram("21275", filepath.Join(out, "actogram.png"))
	d.refuseWithoutWeights()
	d.runDemo()
	d.showProjection(47)
	d.exportProjection(out, d.home.sample())
	d.importFile(out)
	d.startAgain()
}

// openSample clicks the welcome page's first way in.
func (d *desk) openSample() {
	d.Helper()
	button, width := brightButton(d.step("welcome"))
	if width < 80 {
		d.Fatalf("the widest bright thing on the welcome page has %d pixels, want a button", width)
	}
	d.click(button)
	d.until("the sample library is open", func() bool {
		_, title, _ := d.screen.window()
		return strings.HasPrefix(title, "sample.circascope")
	})
	d.holds(d.home.sample(), "47 recordings", func(all []recording) bool { return len(all) == 47 })
	d.step("participants")
}

// openActogram searches for a participant and opens the actogram; the chart that is
// exported there tells whose it is.
func (d *desk) openActogram(subject, path string) {
	d.Helper()
	d.press("ctrl+f")
	d.write(subject)
	d.step("search")
	d.press("Return", "Down")
	list := d.still()
	d.press("Return")
	d.until("the actogram is there", func() bool {
		now := d.look()
		return share(list, now) > 0.2 && colours(now) > 100
	})
	d.step("actogram")
	d.export(path)
	d.checkChart(path, 300)
	shown := d.provenance(path).Details.Recordings
	if len(shown) != 1 || shown[0].Subject != subject {
		d.Errorf("the actogram is of %+v, want participant %s", shown, subject)
	}
}

// preview goes on from the list of files to what they would become.
func (d *desk) preview(form *image.RGBA) *image.RGBA {
	d.Helper()
	d.press("Return")
	d.answer("the preview shows what the file would become", form, 0.05)
	d.still()
	return d.step("preview")
}

// importFile imports a file by its path.
func (d *desk) importFile(dir string) {
	d.Helper()
	path := filepath.Join(dir, "mine.awd")
	d.writeAWD(path, "my participant")
	d.press("ctrl+i")
	d.dialog("the import dialog is open")
	d.write(path)
	d.press("Return") // takes the path into the list
	preview := d.preview(d.step("import"))
	d.press("Return")
	d.holds(d.home.sample(), "the file too", func(all []recording) bool {
		mine := slices.IndexFunc(all, func(r recording) bool { return r.Source == "mine.awd" })
		return len(all) == 48 && mine >= 0 && all[mine].Subject == "my participant" && all[mine].Days == 8
	})
	d.answer("the import tells what became of the file", preview, 0.05)
	d.step("imported")
	d.press("Escape")
	d.noDialog()
}
