package ui

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/ui/look"
)

// speed is what was measured of each model on this machine since the start.
type speed map[models.Size]app.Bench

// measureFor is how long each model is measured.
const measureFor = 3 * time.Second

// speedTable shows the time a week of the stored results, what the last
// measurement gave, and the memory of the last run.
func (p *compare) speedTable() fyne.CanvasObject {
	grid := container.NewGridWithColumns(4)
	for i, head := range []string{"", "in the run", "now", "memory"} {
		grid.Add(look.NewText(head, look.Strong).Align(trailingAfterFirst(i)))
	}
	for i, m := range p.result.Models {
		now := "-"
		if b, ok := p.speed[m.Set.Model]; ok {
			now = seconds(b.SecondsPerWeek.Median)
		}
		for k, text := range []string{"PAT-" + string(m.Set.Model), seconds(p.result.Seconds[i]), now, megabytes(p.result.Memory[i])} {
			grid.Add(look.NewText(text, look.Body).Align(trailingAfterFirst(k)))
		}
	}
	measure := widget.NewButton("Measure now", p.measure)
	return look.Column(look.XS, look.NewText("Time a week", look.Strong), grid,
		look.NewShortText("medians; memory is the program's peak during the model's last run", look.Caption),
		container.NewHBox(measure))
}

// megabytes writes a peak of memory, which is 0 where none was measured.
func megabytes(mb float64) string {
	if mb == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f MB", mb)
}

func trailingAfterFirst(column int) fyne.TextAlign {
	if column == 0 {
		return fyne.TextAlignLeading
	}
	return fyne.TextAlignTrailing
}

// measure runs each compared model on one week over and over.
func (p *compare) measure() {
	projections := p.result.Models
	background(p.w.tasks, func(ctx context.Context) (speed, error) {
		result := speed{}
		err := p.w.wb.Jobs().Do(ctx, "Measure the speed of the models", func(ctx context.Context, progress app.Progress) (string, error) {
			for i, m := range projections {
				progress(int64(i), int64(len(projections)), "PAT-"+string(m.Set.Model))
				w, err := p.w.wb.Weights(ctx, m.Set.Model, m.Set.Demo())
				if err != nil {
					return "", err
				}
				b, err := p.w.wb.Bench(ctx, w, inference.Options{}, measureFor)
				if err != nil {
					return "", err
				}
				result[m.Set.Model] = b
			}
			return count(len(projections), "model") + " measured", nil
		})
		return result, err
	}, func(s speed, err error) {
		if err != nil {
			p.w.fail("Measuring the speed", err)
			return
		}
		p.speed = s
		p.show()
	})
}
