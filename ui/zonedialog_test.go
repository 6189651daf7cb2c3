package ui

import (
	"strings"
	"testing"

	"circascope/actigraphy/zone"
	"circascope/app"
)

// A zone is named in the dialog: what is no zone is said under it and kept nowhere.
func TestZoneDialog(t *testing.T) {
	f := withSample(t)
	form := newZoneForm(f.Window, f.study.rows[0], app.RecordingZone{})
	f.openZone(form)
	form.scope.Set(forStudy)
	form.offerTravel()
	if !form.travel.Disabled() {
		t.Error("travel of a whole study is offered")
	}
	form.search.SetText("atlantis")
	pressConfirm(t, f)
	if got := f.dialogText(); !strings.Contains(got, `"atlantis" is no time zone`) {
		t.Errorf("a zone that there is none gives %q, want why not", got)
	}
	form.search.SetText("new york")
	form.list.Select(0)
	if form.search.Text != "America/New_York" {
		t.Errorf("the first found is %q, want America/New_York", form.search.Text)
	}
	form.clock.Set(clockFollowed)
	form.reason.SetText("all at home")
	pressConfirm(t, f)
	zones, err := f.wb.Zones(t.Context(), false)
	if err != nil || len(zones) != 1 || zones[0].Scope != zone.Study || zones[0].Zone != "America/New_York" || zones[0].Clock != zone.Followed || zones[0].Reason != "all at home" {
		t.Errorf("got %+v, %v", zones, err)
	}
}
