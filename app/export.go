package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"circascope/internal/wholefile"
	"circascope/plots"
)

// ChartFormat is a file format for charts.
type ChartFormat string

// The formats of charts.
const (
	PNG ChartFormat = "png"
	SVG ChartFormat = "svg"
	PDF ChartFormat = "pdf"
)

// ChartFormats lists the formats of charts.
func ChartFormats() []ChartFormat { return []ChartFormat{PNG, SVG, PDF} }

// FormatOf returns the chart format that a file name's ending names.
func FormatOf(path string) (ChartFormat, error) {
	f := ChartFormat(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), ".")))
	if !slices.Contains(ChartFormats(), f) {
		return "", fmt.Errorf("%s: charts are written as .png, .svg or .pdf; choose one of these endings", path)
	}
	return f, nil
}

// Sources says what an export was made of; it stands in the side file.
type Sources struct {
	What       string             `json:"what"` // "actogram", "embeddings", ...
	Demo       bool               `json:"demo_weights"`
	Protocol   *ProtocolSource    `json:"protocol,omitempty"`               // that of the study
	Parameters []ChangedParameter `json:"parameters_not_default,omitempty"` // of the measures
	Details    map[string]any     `json:"details,omitempty"`
}

// With returns the sources with one more detail.
func (s Sources) With(name string, detail any) Sources {
	s.Details = maps.Clone(s.Details)
	if s.Details == nil {
		s.Details = map[string]any{}
	}
	s.Details[name] = detail
	return s
}

// sideFile is the content of NAME.provenance.json.
type sideFile struct {
	File       string  `json:"file"`
	SHA256     string  `json:"sha256"`
	Program    string  `json:"program"`
	Version    string  `json:"version"`
	ExportedAt string  `json:"exported_at"`
	Library    string  `json:"library,omitempty"`
	Command    string  `json:"command,omitempty"` // the line of pat that writes the same file
	Style      any     `json:"style,omitempty"`
	Sources    Sources `json:"sources"`
}

// ExportChart draws a chart into a file, by the file's ending, and writes
// NAME.provenance.json beside it. Both appear whole or not at all; an existing
// file is replaced. It returns the names of the files written.
func (wb *Workbench) ExportChart(ctx context.Context, path string, chart plots.Chart, style plots.Style, src Sources) ([]string, error) {
	if _, err := FormatOf(path); err != nil {
		return nil, err
	}
	return wb.export(ctx, path, style, src, func(w io.Writer) error { return plots.Encode(w, path, chart, style) })
}

// ExportTable writes a table by the file's ending, as CSV, Parquet or XLSX, and
// NAME.provenance.json beside it.
func (wb *Workbench) ExportTable(ctx context.Context, path string, t Table, src Sources) ([]string, error) {
	return wb.ExportRows(ctx, path, SourceOf(t, src))
}

// ExportRows is ExportTable of a table that is written while its rows are made.
func (wb *Workbench) ExportRows(ctx context.Context, path string, s RowSource) ([]string, error) {
	begin, err := wb.tableWriter(path)
	if err != nil {
		return nil, err
	}
	return wb.export(ctx, path, nil, s.Sources, func(w io.Writer) error { return s.write(ctx, w, begin) })
}

func (wb *Workbench) export(ctx context.Context, path string, style any, src Sources, write func(io.Writer) error) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sum, err := writeWhole(path, write)
	if err != nil {
		return nil, fmt.Errorf("exporting the %s: %w", src.What, err)
	}
	side := sideFile{
		File: filepath.Base(path), SHA256: sum, Program: "Circascope", Version: wb.cfg.Version,
		ExportedAt: wb.cfg.Now().UTC().Format(time.RFC3339), Command: commandOf(ctx), Style: style, Sources: src,
	}
	if lib, err := wb.Library(); err == nil {
		side.Library = filepath.Base(lib.Path())
		if side.Sources, err = wb.underProtocol(ctx, src); err != nil {
			return []string{path}, fmt.Errorf("exporting the provenance: %w", err)
		}
	}
	sidePath := path + ".provenance.json"
	_, err = writeWhole(sidePath, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(side)
	})
	if err != nil {
		return []string{path}, fmt.Errorf("exporting the provenance: %w", err)
	}
	return []string{path, sidePath}, nil
}

// writeWhole writes a file beside its place and renames it there, so that it is
// whole or absent, and returns the SHA-256 of what was written.
func writeWhole(path string, write func(io.Writer) error) (sum string, err error) {
	f, err := wholefile.Create(path, 0o644)
	if err != nil {
		return "", WriteProblem(path, err)
	}
	h := newHash()
	if err := write(io.MultiWriter(f, h)); err != nil {
		f.Abandon()
		return "", WriteProblem(path, err)
	}
	return h.hex(), WriteProblem(path, f.Commit())
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
