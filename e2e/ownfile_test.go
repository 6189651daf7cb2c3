//go:build e2e

package e2e

import (
	"path/filepath"
	"testing"
)

// A person with a file and no library drops it on the window, runs PAT on it with
// the demo weights, which must be ticked here, and takes the numbers along.
func TestDroppedFile(t *testing.T) {
	d := newDesk(t)
	out := t.TempDir()
	d.start()
	d.dropFile(filepath.Join(out, "my file ä.awd"))
	d.runTicked()
	d.showProjection(1)
	d.exportProjection(out, d.home.library())
	d.quit()
}

// dropFile drops a recording and confirms the library that is proposed.
func (d *desk) dropFile(path string) {
	d.Helper()
	d.writeAWD(path, "dropped")
	d.drop(path)
	d.dialog("the import dialog is open")
	preview := d.preview(d.step("dropped"))
	d.press("Return")
	d.answer("the import tells what became of the file", preview, 0.05)
	d.step("imported")
	d.press("Escape")
	d.noDialog()
	all := d.holds(d.home.library(), "one recording", func(all []recording) bool { return len(all) == 1 })
	if all[0].Subject != "dropped" || all[0].Days != 8 {
		d.Errorf("the file came in as %+v, want 8 days of participant dropped", all[0])
	}
}
