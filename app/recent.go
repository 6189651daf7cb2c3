package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// keptRecent is how many libraries the list of recent ones holds.
const keptRecent = 10

// Recent lists the libraries opened last, newest first; files that are gone are
// left out.
func (wb *Workbench) Recent() []string {
	return slices.DeleteFunc(wb.readRecent(), func(path string) bool {
		_, err := os.Stat(path)
		return err != nil
	})
}

func (wb *Workbench) recentFile() string { return filepath.Join(wb.cfg.StateDir, "recent.json") }

func (wb *Workbench) readRecent() []string {
	if wb.cfg.StateDir == "" {
		return nil
	}
	b, err := os.ReadFile(wb.recentFile())
	if err != nil {
		return nil // none yet
	}
	var list []string
	if json.Unmarshal(b, &list) != nil {
		return nil // a damaged list of recent files is no loss
	}
	return list
}

// remember puts path at the head of the list. A state folder that can't be
// written costs the list, nothing else.
func (wb *Workbench) remember(path string) {
	if wb.cfg.StateDir == "" || path == "" {
		return
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	list := slices.DeleteFunc(wb.readRecent(), func(p string) bool { return p == path })
	list = append([]string{path}, list...)
	b, err := json.MarshalIndent(list[:min(len(list), keptRecent)], "", "  ")
	if err != nil || os.MkdirAll(wb.cfg.StateDir, 0o755) != nil {
		return
	}
	_ = os.WriteFile(wb.recentFile(), b, 0o644)
}
