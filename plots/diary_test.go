package plots_test

import (
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/plots"
)

func TestDiaryPaints(t *testing.T) {
	start := actigraphy.Naive(time.Date(2026, 3, 1, 18, 0, 0, 0, time.UTC))
	r := &actigraphy.Recording{Subject: "a", Start: start, Epoch: time.Minute, Activity: make([]float64, 2*1440)}
	m, err := plots.Days(r, "")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour int) actigraphy.LocalTime {
		return actigraphy.Naive(time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC))
	}
	entries := []diary.Entry{
		{Kind: diary.Night, From: at(1, 23), To: at(2, 7)},
		{Kind: diary.Nap, From: at(1, 17), To: at(1, 19)}, // begins before the recording
		{Kind: diary.Analysis, From: at(1, 0), To: at(9, 0)},
		{Kind: diary.NotWorn, From: at(7, 0), To: at(8, 0)}, // after it
	}
	paints := plots.DiaryPaints(start, m, entries)
	if len(paints) != 2 || paints[0].Pattern != plots.DiaryNight || paints[1].Pattern != plots.DiaryNap {
		t.Fatalf("got %d paints, want the night and the nap", len(paints))
	}
	for i, want := range [][2]int{{23 * 60, 31 * 60}, {18 * 60, 19 * 60}} {
		for k, on := range paints[i].Cells {
			if on != (k >= want[0] && k < want[1]) {
				t.Fatalf("%s: cell %d is %v, want cells %d to %d", paints[i].Name, k, on, want[0], want[1])
			}
		}
	}
	if got := plots.DiaryPaints(actigraphy.Undated(time.Sunday, 0), m, entries); got != nil {
		t.Error("a recording without a date has a diary drawn")
	}
	var raster plots.HeatmapRaster
	img := raster.Draw(m, 3*1440/2, 60, plots.HeatmapView{Days: 1, Scale: plots.Scale{Max: 1}, Masks: paints})
	x := 1440 / 2 * 3 * 23 / 24 // the pixel of 23:30
	x += 10
	if top, foot := img.RGBAAt(x, 2), img.RGBAAt(x, 18); top == foot {
		t.Errorf("the bar of the night is not at the foot of its day: %v at the top and at the foot", top)
	}
}
