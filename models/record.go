package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// record says what the user approved for one size. It is kept as a JSON file.
type record struct {
	Model          Size   `json:"model"`
	SHA256         string `json:"sha256"` // of the original
	Bytes          int64  `json:"bytes"`
	Layout         string `json:"layout"`
	Parameters     int    `json:"parameters"`
	HeadParameters int    `json:"head_parameters,omitempty"`
	Score          string `json:"score,omitempty"`
	Warning        string `json:"warning,omitempty"`
	Original       string `json:"original"`    // absolute path of the file the user approved
	ApprovedAt     string `json:"approved_at"` // RFC 3339, UTC
	Kept           string `json:"kept"`        // name of the kept copy, beside the record
	KeptSHA256     string `json:"kept_sha256"`
}

func (r record) file(state State) File {
	return File{
		Path: r.Original, Model: r.Model, Layout: r.Layout, Parameters: r.Parameters, HeadParameters: r.HeadParameters, Score: r.Score,
		Bytes: r.Bytes, SHA256: r.SHA256, State: state, ApprovedAt: r.ApprovedAt, Warning: r.Warning,
	}
}

func (c *Catalogue) recordPath(size Size) string {
	return filepath.Join(c.dir, "approved", "PAT-"+string(size)+".json")
}

func (c *Catalogue) keptPath(r record) string {
	return filepath.Join(c.dir, "approved", filepath.Base(r.Kept))
}

func (c *Catalogue) lockPath() string { return filepath.Join(c.dir, "approved", ".lock") }

// record returns what was approved for a size, and whether anything was.
func (c *Catalogue) record(size Size) (record, bool, error) {
	path := c.recordPath(size)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return record{}, false, nil
	}
	if err != nil {
		return record{}, false, fmt.Errorf("reading the approval of PAT-%s: %w", size, err)
	}
	var r record
	if err := json.Unmarshal(content, &r); err != nil {
		return record{}, false, fmt.Errorf("the approval record %s is damaged (%w): remove it and approve the weights again", path, err)
	}
	if r.Model != size || len(r.SHA256) != 64 || r.Kept == "" {
		return record{}, false, fmt.Errorf("the approval record %s is not one of PAT-%s: remove it and approve the weights again", path, size)
	}
	return r, true, nil
}

func (c *Catalogue) records() (map[Size]record, error) {
	all := make(map[Size]record)
	for _, size := range Sizes() {
		r, ok, err := c.record(size)
		if err != nil {
			return nil, err
		}
		if ok {
			all[size] = r
		}
	}
	return all, nil
}

func (c *Catalogue) save(r record) error {
	content, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the approval of PAT-%s: %w", r.Model, err)
	}
	return writeFile(c.recordPath(r.Model), append(content, '\n'))
}
