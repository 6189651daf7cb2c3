//go:build e2e

package e2e

import (
	"slices"
	"time"
)

// toDemo is the way by Tab from the button of the run dialog to its tick for the
// demo weights: past three models.
var toDemo = []string{"Tab", "Tab", "Tab", "Tab"}

// refuseWithoutWeights unticks the demo weights: no others are approved, so nothing
// may be computed.
func (d *desk) refuseWithoutWeights() {
	d.Helper()
	d.openRun()
	d.press(append(toDemo, "space")...)
	form := d.step("run-without-demo")
	d.press("Return")
	d.answer("the run is refused", form, 0.05)
	d.step("refused")
	all := d.holds(d.home.sample(), "something", func([]recording) bool { return true })
	if i := slices.IndexFunc(all, func(r recording) bool { return len(r.Embedded) > 0 }); i >= 0 {
		d.Errorf("%s was embedded with %v though no weights are approved", all[i].Subject, all[i].Embedded)
	}
	d.press("Escape")
	d.noDialog()
}

// openRun opens the dialog that runs PAT.
func (d *desk) openRun() {
	d.Helper()
	d.press("ctrl+r")
	d.dialog("the run dialog is open")
}

// runDemo runs what the dialog proposes for the sample library: PAT-S with the demo
// weights. Until it is done, the window must answer.
func (d *desk) runDemo() {
	d.Helper()
	d.openRun()
	d.step("run")
	d.press("Return")
	d.noDialog()
	d.keep("running", d.look())
	answers, slowest, page := 0, time.Duration(0), 1
	d.wait("all recordings are embedded", func() (bool, error) {
		took := d.turnTo(page)
		all, err := d.home.list(d.home.sample())
		if err != nil || embedded(all) == 47 {
			return err == nil, err
		}
		page, answers, slowest = 3-page, answers+1, max(slowest, took)
		return false, nil
	})
	d.Logf("the window answered %d times while PAT-S ran, the slowest in %d ms", answers, slowest.Milliseconds())
	if answers == 0 {
		d.Error("the window showed no other page before the run was over")
	}
}

// turnTo goes to the page Participants (1) or Activity (2) and tells how long the
// window took to show it. The run ends with a page of its own, so another one is an
// answer too.
func (d *desk) turnTo(page int) time.Duration {
	d.Helper()
	before, begun := d.look(), time.Now()
	d.press(map[int]string{1: "ctrl+1", 2: "ctrl+2"}[page])
	d.until("another page is there", func() bool { return share(before, d.look()) > 0.05 })
	return time.Since(begun)
}

// runTicked runs PAT-S with the demo weights where the dialog does not propose
// them.
func (d *desk) runTicked() {
	d.Helper()
	d.openRun()
	d.press(append(toDemo, "space")...)
	d.step("run")
	d.press("Return")
	d.holds(d.home.library(), "one embedding", func(all []recording) bool { return embedded(all) == 1 })
	d.noDialog()
}
