package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// FingerprintKey names what one fingerprint is of: a weights file, and a way of
// computing. The engine's version and the device's name are not in it: what they
// change is to be noticed.
type FingerprintKey struct {
	WeightsSHA, Engine, Precision, DeviceKind string
}

// Check says how the last comparison of an answer with its fingerprint went.
type Check struct {
	Engine        string  `json:"engine"`
	EngineVersion string  `json:"engine_version"`
	Precision     string  `json:"precision"`
	DeviceKind    string  `json:"device_kind"`
	DeviceName    string  `json:"device_name"`
	TakenAt       string  `json:"taken_at"` // of the fingerprint; RFC 3339, UTC
	TakenFor      string  `json:"taken_for"`
	CheckedAt     string  `json:"checked_at"`
	Inputs        int     `json:"inputs"`     // how many fixed inputs were embedded
	Difference    float64 `json:"difference"` // largest of a feature, absolute
	Tolerance     float64 `json:"tolerance"`
	Problem       string  `json:"problem,omitempty"` // why the check failed; empty where it passed
	Fresh         bool    `json:"-"`                 // this check took the fingerprint
}

// Fingerprint fills in what SaveFingerprint kept, and reports whether there is
// anything. What it is made of is the caller's: see inference/fingerprint.
func (c *Catalogue) Fingerprint(k FingerprintKey, into any) (bool, error) {
	return readJSON(c.fingerprintPath(k, ".json"), into)
}

// SaveFingerprint keeps a fingerprint.
func (c *Catalogue) SaveFingerprint(k FingerprintKey, value any) error {
	return saveJSON(c.fingerprintPath(k, ".json"), value)
}

// LastCheck returns what SaveCheck kept last, and whether there is anything.
func (c *Catalogue) LastCheck(k FingerprintKey) (Check, bool, error) {
	var check Check
	ok, err := readJSON(c.fingerprintPath(k, checkEnding), &check)
	return check, ok, err
}

// SaveCheck keeps how a comparison went.
func (c *Catalogue) SaveCheck(k FingerprintKey, check Check) error {
	return saveJSON(c.fingerprintPath(k, checkEnding), check)
}

const checkEnding = ".check.json"

func (c *Catalogue) fingerprintPath(k FingerprintKey, ending string) string {
	name := strings.Join([]string{k.WeightsSHA, k.Engine, k.Precision, k.DeviceKind}, "-")
	return filepath.Join(c.dir, "fingerprints", strings.ReplaceAll(name, string(filepath.Separator), "_")+ending)
}

// fingerprintsOf lists the files kept for weights whose names end so.
func (c *Catalogue) fingerprintsOf(sha256, ending string) ([]string, error) {
	dir := filepath.Join(c.dir, "fingerprints")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing the fingerprints: %w", err)
	}
	var paths []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), sha256+"-") && strings.HasSuffix(e.Name(), ending) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

// addChecks fills in how the last checks of the weights of a file went.
func (c *Catalogue) addChecks(f *File) error {
	if f.SHA256 == "" {
		return nil
	}
	paths, err := c.fingerprintsOf(f.SHA256, checkEnding)
	for _, path := range paths {
		var check Check
		if _, err := readJSON(path, &check); err != nil {
			check.Problem = err.Error()
		}
		f.Checks = append(f.Checks, check)
	}
	return err
}

// forgetFingerprints removes the fingerprints of weights and their checks.
func (c *Catalogue) forgetFingerprints(sha256 string) error {
	paths, err := c.fingerprintsOf(sha256, ".json")
	for _, path := range paths {
		err = errors.Join(err, removeFile(path))
	}
	return err
}

func readJSON(path string, into any) (bool, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading a fingerprint: %w", err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		return false, fmt.Errorf("the fingerprint %s is damaged (%w): approve the weights again, or remove it, to take it anew", path, err)
	}
	return true, nil
}

func saveJSON(path string, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("writing a fingerprint: %w", err)
	}
	return writeFile(path, append(content, '\n'))
}
