package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Fingerprint returns what SaveFingerprint kept under key, and whether there is
// anything. The key is the caller's; see inference.HealthCheck.
func (c *Catalogue) Fingerprint(key string) ([]float32, bool, error) {
	path := c.fingerprintPath(key)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading a fingerprint: %w", err)
	}
	var values []float32
	if err := json.Unmarshal(content, &values); err != nil {
		return nil, false, fmt.Errorf("the fingerprint %s is damaged (%w): remove it to record it anew", path, err)
	}
	return values, true, nil
}

// SaveFingerprint keeps the embedding of a fixed week under key.
func (c *Catalogue) SaveFingerprint(key string, values []float32) error {
	content, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("writing a fingerprint: %w", err)
	}
	return writeFile(c.fingerprintPath(key), content)
}

func (c *Catalogue) fingerprintPath(key string) string {
	return filepath.Join(c.dir, "fingerprints", hash([]byte(key))[:32]+".json")
}
