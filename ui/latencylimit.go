package ui

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/inference/latency"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// latencyLimit is the setting of the mean latency above which there is an alert.
func (w *Window) latencyLimit() fyne.CanvasObject {
	entry := controls.NewEntry("ms")
	entry.SetText(milliseconds(w.wb.Latency().MeanAbove()))
	outcome := look.NewText(fmt.Sprintf("where the mean of the last %d embeddings is above it", latency.RecentCount), look.Muted)
	set := func() {
		limit, err := parseMilliseconds(entry.Text)
		if err != nil {
			outcome.SetRole(look.Failure)
			outcome.SetText(errorWords(err))
			return
		}
		background(w.tasks, func(context.Context) (struct{}, error) { return struct{}{}, w.wb.Latency().SetMeanAbove(limit) }, func(_ struct{}, err error) {
			if err != nil {
				w.fail("Keeping the limit", err)
				return
			}
			outcome.SetRole(look.Success)
			outcome.SetText("kept: an alert above " + milliseconds(limit) + " ms")
		})
	}
	entry.OnSubmitted = func(string) { set() }
	line := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(look.NewText("ms", look.Muted)), widget.NewButton("Set", set)), entry)
	return look.Column(look.XS, line, outcome)
}

func milliseconds(d time.Duration) string {
	return strconv.FormatFloat(1000*d.Seconds(), 'g', -1, 64)
}

// parseMilliseconds reads a limit as it is typed: from a microsecond to an hour.
func parseMilliseconds(text string) (time.Duration, error) {
	ms, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(ms >= 0.001 && ms <= 3.6e6) {
		return 0, fmt.Errorf("type a number of milliseconds, for example 1000")
	}
	return time.Duration(ms * float64(time.Millisecond)), nil
}
