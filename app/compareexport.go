package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"circascope/plots"
)

// ExportCompare writes the report of a comparison as PDF and its tables as CSV
// into a folder, which is made where there is none, each with its provenance beside
// it. It returns the names of the files written.
func (wb *Workbench) ExportCompare(ctx context.Context, dir string, c Comparison, color plots.Coloring) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder for the comparison: %w", WriteProblem(dir, err))
	}
	report, src := CompareReport(c, color)
	files, err := wb.ExportChart(ctx, filepath.Join(dir, "compare.pdf"), report, reportStyle(report), src)
	if err != nil {
		return files, err
	}
	for _, t := range CompareTables(c) {
		more, err := wb.ExportTable(ctx, filepath.Join(dir, t.Name+".csv"), t, CompareSources("comparison of model sizes", c))
		files = append(files, more...)
		if err != nil {
			return files, err
		}
	}
	return files, nil
}

// reportStyle is a sheet of A4, longer where the report needs it.
func reportStyle(r plots.Report) plots.Style {
	s := plots.A4()
	s.HeightMM = max(s.HeightMM, s.WidthMM*r.Aspect(s))
	return s
}
