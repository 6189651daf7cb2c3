package metrics_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"circascope/actigraphy/metrics"
)

//go:generate go test -run "^(TestPage|TestVersions)$" -update

var update = flag.Bool("update", false, "write docs/measures.md anew")

// TestPage makes sure that docs/measures.md is what the registry says.
func TestPage(t *testing.T) {
	const path = "../../docs/measures.md"
	var page bytes.Buffer
	if err := metrics.WritePage(&page); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, page.Bytes()) {
		t.Error("docs/measures.md is not what the registry says: go generate ./actigraphy/metrics")
	}
}
