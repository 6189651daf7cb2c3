package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// RememberedMapping is a mapping of a generic CSV that a person chose, kept with the
// library: files with the same line of column names are read with it.
type RememberedMapping struct {
	Header  string         `json:"header"` // the line of column names as it stands in the file
	Mapping format.Mapping `json:"mapping"`
	At      string         `json:"at"` // when it was chosen, RFC 3339, UTC; not for which file, whose name may tell a person
}

// mappingsSetting is the setting of a library that keeps them.
const mappingsSetting = "csv-mappings"

// Mappings lists the remembered mappings of the open library, the newest last.
func (wb *Workbench) Mappings(ctx context.Context) ([]RememberedMapping, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	m, err := loadMappings(ctx, lib)
	return m.list, err
}

// ForgetMapping forgets the mapping of a line of column names, and reports whether
// there was one. Recordings that were read with it stay.
func (wb *Workbench) ForgetMapping(ctx context.Context, header string) (bool, error) {
	lib, err := wb.Library()
	if err != nil {
		return false, err
	}
	m, err := loadMappings(ctx, lib)
	if err != nil {
		return false, err
	}
	n := len(m.list)
	m.list = slices.DeleteFunc(m.list, func(r RememberedMapping) bool { return r.Header == header })
	if len(m.list) == n {
		return false, nil
	}
	return true, m.save(ctx, lib)
}

// mappings are the remembered mappings of a library. They may be used by several
// goroutines.
type mappings struct {
	mu   sync.Mutex
	list []RememberedMapping
}

func loadMappings(ctx context.Context, lib Library) (*mappings, error) {
	m := &mappings{}
	text, err := lib.Setting(ctx, mappingsSetting)
	if err != nil || text == "" {
		return m, err
	}
	if err := json.Unmarshal([]byte(text), &m.list); err != nil {
		return m, fmt.Errorf("the remembered mappings of columns in the library are damaged: %w", err)
	}
	return m, nil
}

func (m *mappings) save(ctx context.Context, lib Library) error {
	text, err := json.Marshal(m.list)
	if err != nil {
		return fmt.Errorf("remembering mappings of columns: %w", err)
	}
	return lib.SetSetting(ctx, mappingsSetting, string(text))
}

// remembered returns the mappings of the open library, none where none is open.
func (wb *Workbench) remembered(ctx context.Context) (*mappings, error) {
	lib, err := wb.Library()
	if err != nil {
		return &mappings{}, nil //nolint:nilerr // no library remembers nothing
	}
	return loadMappings(ctx, lib)
}

func isGeneric(r format.Reader) bool { return r.Format().ID == (format.CSV{}).Format().ID }

// forFile returns the mapping that a file is to be read with: that of a generic CSV
// whose columns nobody chose now, nil for others.
func (m *mappings) forFile(in *format.Input, r format.Reader, opts format.Options) *RememberedMapping {
	if !isGeneric(r) || opts.CSV != nil || opts.ChannelFor(r.Format().ID) != "" {
		return nil
	}
	return m.find(in)
}

// find returns the mapping that was chosen for a file with the same line of names,
// nil where there is none.
func (m *mappings) find(in *format.Input) *RememberedMapping {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.list {
		if header, ok := m.list[i].Mapping.HeaderOf(in); ok && header == m.list[i].Header {
			found := m.list[i]
			return &found
		}
	}
	return nil
}

// keep remembers what a person chose for a file, in place of what was chosen before,
// unless no line of names makes files alike. What the program finds by itself too
// needs no remembering.
func (m *mappings) keep(ctx context.Context, lib Library, in *format.Input, chosen format.Mapping) error {
	header, ok := chosen.HeaderOf(in)
	if !ok {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	before := slices.IndexFunc(m.list, func(r RememberedMapping) bool { return r.Header == header })
	if before >= 0 && m.list[before].Mapping.Equal(chosen) {
		return nil
	}
	found, _, err := format.GuessMapping(in)
	known := err == nil && found.Equal(chosen)
	if known && before < 0 {
		return nil
	}
	m.list = slices.DeleteFunc(m.list, func(r RememberedMapping) bool { return r.Header == header })
	if !known {
		m.list = append(m.list, RememberedMapping{Header: header, Mapping: chosen, At: time.Now().UTC().Format(time.RFC3339)})
	}
	return m.save(ctx, lib)
}

// note says in a recording that it was read with a remembered mapping.
func (r *RememberedMapping) note(rec *actigraphy.Recording) {
	rec.Source.Notes = append(rec.Source.Notes, r.sentence())
}

func (r *RememberedMapping) sentence() string {
	return fmt.Sprintf("The choice of columns is remembered from %s, made for a file with the same line of column names.", r.At)
}
