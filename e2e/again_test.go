//go:build e2e

package e2e

import (
	"encoding/json"
	"path/filepath"
	"strings"
)

// startAgain quits and starts: the library and the page are those of before, and
// nothing is lost.
func (d *desk) startAgain() {
	d.Helper()
	before := d.showProjection(47)
	d.quit()
	d.checkPreferences()
	d.start()
	d.until("the page of before is back", func() bool { return share(before, d.look()) < 0.02 })
	if _, title, _ := d.screen.window(); !strings.HasPrefix(title, "sample.circascope") {
		d.Errorf("the second start has the title %q, want the sample library", title)
	}
	d.step("second-start")
	d.quit()
	all := d.holds(d.home.sample(), "something", func([]recording) bool { return true })
	if len(all) != 48 || embedded(all) != 47 {
		d.Errorf("in the end the library holds %d recordings, %d of them embedded; want 48 and 47", len(all), embedded(all))
	}
}

func (d *desk) checkPreferences() {
	d.Helper()
	var kept struct{ Library, Page string }
	path := filepath.Join(d.home.dir, "config", "fyne", "org.circascope.workbench", "preferences.json")
	if err := json.Unmarshal(d.read(path), &kept); err != nil {
		d.Fatalf("%s: %v", path, err)
	}
	if kept.Library != d.home.sample() || kept.Page != "embeddings" {
		d.Errorf("the window remembers %+v, want the sample library and its embeddings", kept)
	}
}
