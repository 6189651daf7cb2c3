package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/ui/look"
)

// measureFor is how long each model is measured.
const measureFor = 3 * time.Second

// speedTable shows what each size takes, and what its first components explain.
func (p *compare) speedTable() fyne.CanvasObject {
	var rows [][]string
	for _, s := range p.result.Sizes {
		row := []string{"PAT-" + string(s.Model), seconds(s.Seconds.Median), seconds(s.Seconds.Q1) + " - " + seconds(s.Seconds.Q3), "-", "-"}
		if s.Speed != nil {
			row[3], row[4] = seconds(s.Speed.PerWeek()), megabytes(s.Speed.PeakRSS)
		}
		for i := range 3 {
			share := "-"
			if i < len(s.Variance) {
				share = fmt.Sprintf("%.1f %%", 100*s.Variance[i])
			}
			row = append(row, share)
		}
		rows = append(rows, row)
	}
	return look.Column(look.S,
		look.NewText("Speed, memory and explained variance", look.Subheading),
		figuresTable([]string{"", "a week", "quartiles", "all workers", "memory", "PC1", "PC2", "PC3"}, rows),
		quiet("A week: median of the stored results, in one worker. All workers and memory (the program's peak): when the size last ran on this machine. PC: share of the variance that a principal component explains."))
}

// megabytes writes a peak of memory, which is 0 where none was measured.
func megabytes(mb float64) string {
	if mb == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f MB", mb)
}

// measure runs every size on one week over and over; one that was not compared and
// has no weights is left out.
func (p *compare) measure() {
	result := p.result
	background(p.w.tasks, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.w.wb.Jobs().Do(ctx, "Measure the speed of the models", func(ctx context.Context, progress app.Progress) (string, error) {
			done := 0
			for i, size := range models.Sizes() {
				progress(int64(i), int64(len(models.Sizes())), "PAT-"+string(size))
				w, err := p.w.wb.Weights(ctx, size, result.Demo())
				var state *models.StateError
				if errors.As(err, &state) && state.State == models.Missing && !compares(result, size) {
					continue
				}
				if err != nil {
					return "", err
				}
				if _, err := p.w.wb.Bench(ctx, w, inference.Options{Precision: result.Precision}, app.BenchLength{Time: measureFor}); err != nil {
					return "", err
				}
				done++
			}
			return count(done, "model") + " measured", nil
		})
	}, func(_ struct{}, err error) {
		if err != nil {
			p.w.fail("Measuring the speed", err)
		}
		p.refresh()
	})
}

func compares(c app.Comparison, size models.Size) bool {
	return slices.ContainsFunc(c.Sizes, func(s app.ComparedSize) bool { return s.Model == size })
}
