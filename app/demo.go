package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/prepare"
	"circascope/models"
	"circascope/plots"
)

// Demo does the main job without a screen: it makes the sample library in a
// folder, embeds it with the demo weights of all sizes, and writes charts and
// tables beside it. It returns the files it wrote. A second run computes only
// what is missing and writes the same charts and tables again.
func (wb *Workbench) Demo(ctx context.Context, dir string, progress Progress) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder for the demo: %w", WriteProblem(dir, err))
	}
	library := filepath.Join(dir, "sample.circascope")
	if err := wb.OpenSample(ctx, library, progress); err != nil {
		return nil, err
	}
	o := RunOptions{Recordings: All(), Models: models.Sizes(), Prepare: prepare.DefaultOptions(), Scaler: ScalerChoice{Kind: ScalerShipped}, AllowDemo: true}
	if _, err := wb.Run(ctx, o, progress); err != nil {
		return nil, err
	}
	d := &demo{wb: wb, dir: dir, files: []string{library}}
	for _, step := range []func(context.Context) error{d.tables, d.actograms, d.embeddings, d.comparison} {
		if err := step(ctx); err != nil {
			return d.files, err
		}
	}
	return d.files, nil
}

// demo writes the files of a demo and remembers their names.
type demo struct {
	wb    *Workbench
	dir   string
	files []string
}

func (d *demo) table(ctx context.Context, t Table, src Sources) error {
	files, err := d.wb.ExportTable(ctx, filepath.Join(d.dir, t.Name+".csv"), t, src)
	d.files = append(d.files, files...)
	return err
}

// chart writes a chart as PNG and SVG.
func (d *demo) chart(ctx context.Context, name string, c plots.Chart, src Sources) error {
	for _, format := range []ChartFormat{PNG, SVG} {
		style := plots.PaperPage()
		style.DPI = 300
		files, err := d.wb.ExportChart(ctx, filepath.Join(d.dir, name+"."+string(format)), c, style, src)
		d.files = append(d.files, files...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) tables(ctx context.Context) error {
	rows, err := d.wb.Rows(ctx)
	if err != nil {
		return err
	}
	if err := d.table(ctx, ParticipantsTable(rows), Sources{What: "participants", Demo: true}); err != nil {
		return err
	}
	sets, err := d.sets(ctx)
	if err != nil {
		return err
	}
	if err := d.table(ctx, EmbeddingsTable(sets, nil), SetSources("embeddings", sets...)); err != nil {
		return err
	}
	measured, err := d.wb.Measures(ctx, All(), metrics.Paper, nil)
	if err != nil {
		return err
	}
	return d.table(ctx, MeasuresTable(measured), Sources{What: "measures"})
}

// sets returns the newest results that can be compared, one set a size.
func (d *demo) sets(ctx context.Context) ([]EmbeddingSet, error) {
	list, err := d.wb.Comparables(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0].Sets, nil
}

// actograms draws the first participant.
func (d *demo) actograms(ctx context.Context) error {
	rows, err := d.wb.Rows(ctx)
	if err != nil {
		return err
	}
	r, err := d.wb.Recording(ctx, rows[0].ID)
	if err != nil {
		return err
	}
	chart, src, err := ActogramChart(rows[0].Info, r, nil, nil)
	if err != nil {
		return err
	}
	if err := d.chart(ctx, "actogram-"+r.Subject, chart, src); err != nil {
		return err
	}
	return d.average(ctx, rows, r)
}

// average draws the participant's average day over the cohort's.
func (d *demo) average(ctx context.Context, rows []Row, first *actigraphy.Recording) error {
	chart, src, err := d.wb.AverageDayChart(ctx, rows, first)
	if err != nil {
		return err
	}
	return d.chart(ctx, "average-day", chart, src)
}

func (d *demo) embeddings(ctx context.Context) error {
	sets, err := d.sets(ctx)
	if err != nil {
		return err
	}
	for _, set := range sets {
		p, err := Project(set)
		if err != nil {
			return err
		}
		color, err := d.wb.Coloring(ctx, ColorActivity, set.Results)
		if err != nil {
			return err
		}
		chart, src := EmbeddingChart(p, color)
		if err := d.chart(ctx, "embeddings-PAT-"+string(set.Model), chart, src); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) comparison(ctx context.Context) error {
	c, err := d.wb.Compare(ctx, CompareOptions{}, nil)
	if err != nil || len(c.Sizes) == 0 {
		return err
	}
	color, err := d.wb.Coloring(ctx, ColorActivity, c.Sizes[0].Set.Results)
	if err != nil {
		return err
	}
	chart, src := CompareChart(c, color)
	return d.chart(ctx, "comparison", chart, src)
}
