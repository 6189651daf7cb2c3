// Package assets holds what ships inside the program: the sample recordings, the
// scaler fitted on them, the demo weights and the icon.
package assets

import (
	"bytes"
	"embed"
	"io"
	"io/fs"
)

//go:embed sample/act.csv.gz sample/wear.csv.gz scaler/nhanes47.json.gz demo/*.h5 demo/SHA256SUMS
var files embed.FS

// Demo returns the folder of the demo weights: PAT-{S,M,L}_demo_weights.h5 and
// SHA256SUMS. Its README.md in models/demo says how they were made.
func Demo() fs.FS {
	sub, err := fs.Sub(files, "demo")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// SampleActivity opens the activity counts of 47 people of NHANES 2003-2006, a
// gzipped wide table.
func SampleActivity() (io.ReadCloser, error) { return files.Open("sample/act.csv.gz") }

// SampleWear opens the wear flags beside SampleActivity, in the same layout.
func SampleWear() (io.ReadCloser, error) { return files.Open("sample/wear.csv.gz") }

// SampleScaler returns the scaler fitted on the sample, as package prepare writes
// it.
func SampleScaler() io.Reader {
	b, err := files.ReadFile("scaler/nhanes47.json.gz")
	if err != nil {
		panic(err) // embedded
	}
	return bytes.NewReader(b)
}
