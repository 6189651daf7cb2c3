package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/app"
)

// A protocol is shown with what it changes, and changes nothing until that is confirmed.
func TestUseProtocol(t *testing.T) {
	f := withSample(t)
	p := protocol.Default("Shift workers", metrics.Paper)
	p.ValidDay.Hours, p.Wanted = 16, 4
	file, err := p.File()
	if err != nil {
		t.Fatal(err)
	}
	f.planProtocol(file)
	f.settle()
	text := f.dialogText()
	for _, want := range []string{"Protocol Shift workers", "Hours worn on a valid day", "10", "16", "Valid days wanted", "Apply"} {
		if !strings.Contains(text, want) {
			t.Errorf("the dialog does not say %q:\n%s", want, text)
		}
	}
	if _, applied, err := f.wb.Protocol(t.Context()); applied || err != nil {
		t.Fatalf("it was applied before it was confirmed, %v", err)
	}
	f.offerProtocol(file, app.ProtocolPlan{})
	if text := f.dialogText(); !strings.Contains(text, "nothing changes") || strings.Contains(text, "Apply") {
		t.Errorf("without changes it says %s", text)
	}
	f.applyProtocol(file)
	f.settle()
	now, applied, err := f.wb.Protocol(t.Context())
	if err != nil || !applied || now.SHA256 != file.SHA256 {
		t.Errorf("the library has %+v, %v", now.Protocol, err)
	}
	if rule, err := f.wb.ValidDay(t.Context()); err != nil || rule.Hours != 16 {
		t.Errorf("the valid day is %v, %v", rule, err)
	}
}

func TestSaveProtocol(t *testing.T) {
	f := withSample(t)
	path := filepath.Join(t.TempDir(), "p.toml")
	current, err := f.wb.CurrentProtocol(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := app.WriteProtocol(path, current); err != nil {
		t.Fatal(err)
	}
	if got, err := app.ReadProtocol(path); err != nil || got.SHA256 != current.SHA256 {
		t.Errorf("got %+v, %v, want what was written", got.Protocol, err)
	}
	f.askSaveProtocol()
	if text := f.dialogText(); !strings.Contains(text, "Save the protocol") {
		t.Errorf("got the dialog %s", text)
	}
}
