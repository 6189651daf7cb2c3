package main_test

import (
	"strings"
	"testing"
)

// named is an assignment as 'pat zone list --json' tells it.
type named struct {
	Scope, Target, Subject, Zone, Clock, By, At, Reason string
	Moves                                               []struct{ From, Zone string }
}

func TestZones(t *testing.T) {
	d := newDesk(t)
	path := d.write("a.awd", "anna\n29-Mar-2014\n12:00\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n", 2880))
	var outcomes []struct{ Recording string }
	d.json(0, &outcomes, "import", "--db", "s.circascope", path)
	var report struct {
		Recordings, Changes int
		Signs               []string
	}
	d.json(0, &report, "zone", "set", "europe/london", "--clock", "kept", "--study", "--reason", "all in Leeds", "--by", "A. N.", "--db", "s.circascope")
	if report.Recordings != 1 || report.Changes != 1 {
		t.Errorf("got %+v, want one recording over a change", report)
	}
	travel := d.write("t.csv", "from,zone\n2014-03-30 09:00,America/St_Johns\n")
	d.json(0, &report, "zone", "set", "Europe/London", "--clock", "kept", "--recording", "anna", "--travel", travel, "--db", "s.circascope")
	var zones []named
	d.json(0, &zones, "zone", "list", "--db", "s.circascope")
	if len(zones) != 2 || zones[0].Zone != "Europe/London" || zones[0].By != "A. N." || zones[0].Reason != "all in Leeds" ||
		zones[1].Subject != "anna" || zones[1].Target != outcomes[0].Recording || len(zones[1].Moves) != 1 || zones[1].Moves[0].Zone != "America/St_Johns" {
		t.Errorf("got %+v", zones)
	}
	var rows []struct{ Start string }
	d.json(0, &rows, "list", "--db", "s.circascope")
	if rows[0].Start != "2014-03-29T12:00:00Z" {
		t.Errorf("anna starts at %s, want 2014-03-29T12:00:00Z: winter time in London", rows[0].Start)
	}
	if got := d.pat("zone", "set", "Europe/London", "--clock", "followed", "--recording", "anna", "--db", "s.circascope"); got.status != 1 || !strings.Contains(got.errOut, "did not follow") {
		t.Errorf("a clock that the samples contradict: got %+v", got)
	}
	if got := d.pat("zone", "set", "Europe/Leeds", "--clock", "kept", "--study", "--db", "s.circascope"); got.status != 1 || !strings.Contains(got.errOut, "Europe/Leeds") {
		t.Errorf("a zone that there is none: got %+v", got)
	}
	d.json(0, &report, "zone", "clear", "--recording", "anna", "--db", "s.circascope")
	d.json(0, &report, "zone", "clear", "--study", "--db", "s.circascope")
	d.json(0, &rows, "list", "--db", "s.circascope")
	if rows[0].Start != "2014-03-29T12:00:00" {
		t.Errorf("with no zone anna starts at %s, want the naive time of the file", rows[0].Start)
	}
	d.json(0, &zones, "zone", "list", "--history", "--db", "s.circascope")
	if len(zones) != 4 {
		t.Errorf("the history has %d lines, want 4", len(zones))
	}
}

func TestZoneNames(t *testing.T) {
	d := newDesk(t)
	var names []string
	d.json(0, &names, "zone", "names", "nepal")
	if len(names) != 1 || names[0] != "Asia/Kathmandu" {
		t.Errorf("got %q, want Asia/Kathmandu", names)
	}
	if got := d.pat("zone", "names", "atlantis"); got.status != 1 || !strings.Contains(got.errOut, "atlantis") {
		t.Errorf("a place that there is none: got %+v", got)
	}
}
