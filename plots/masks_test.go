package plots_test

import (
	"image"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
	"circascope/plots"
)

// TestMasksArePainted wants each mask's pattern on the cells it covers, what is
// below between its lines, and the other cells as without masks.
func TestMasksArePainted(t *testing.T) {
	const w, h = 400, 200
	m := square()
	var plain, masked plots.HeatmapRaster
	without := plain.Draw(m, w, h, linear(7))
	seen := map[[4]uint8]int{}
	for pattern := plots.MaskWorn; pattern < 4; pattern++ {
		v := linear(7)
		v.Masks = []plots.MaskPaint{{Pattern: pattern, Cells: []bool{false, false, true, false, false, false, true, true}}}
		img := masked.Draw(m, w, h, v)
		counts := map[bool]int{} // pixels that changed, by being in the mask
		var ink [4]uint8
		for y := range h {
			for x := range w {
				cell := y/(h/2)*4 + x/(w/4)
				if img.RGBAAt(x, y) == without.RGBAAt(x, y) {
					continue
				}
				counts[v.Masks[0].Cells[cell]]++
				c := img.RGBAAt(x, y)
				ink = [4]uint8{c.R, c.G, c.B, c.A}
			}
		}
		if covered := 3 * (w / 4) * (h / 2); counts[false] > 0 || counts[true] < covered/8 || counts[true] > covered/2 {
			t.Errorf("pattern %d: got %d pixels in the mask and %d outside, want some of %d and none", pattern, counts[true], counts[false], covered)
		}
		seen[ink]++
	}
	if len(seen) != 5 {
		t.Errorf("got the colours %v, want five", seen)
	}
}

// TestMasksInADoublePlot wants a cell's mask where the day is drawn a second time.
func TestMasksInADoublePlot(t *testing.T) {
	var hr plots.HeatmapRaster
	v := linear(7)
	v.Days = 2
	v.Masks = []plots.MaskPaint{{Cells: []bool{false, false, false, false, true, false, false, false}}}
	masked := hr.Draw(square(), 800, 200, v)
	has := func(area image.Rectangle) bool {
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := area.Min.X; x < area.Max.X; x++ {
				if c := masked.RGBAAt(x, y); c.R == 0xD5 && c.G == 0x5E {
					return true
				}
			}
		}
		return false
	}
	for _, c := range []struct {
		x, y int
		want bool
	}{{400, 0, true}, {0, 100, true}, {0, 0, false}, {500, 0, false}, {400, 100, false}} {
		if got := has(image.Rect(c.x, c.y, c.x+100, c.y+98)); got != c.want {
			t.Errorf("at %d,%d: got a mask %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// TestEpochCells goes to the cells of a matrix and back, over the hour that the
// clock shows twice.
func TestEpochCells(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	r := &actigraphy.Recording{
		Subject: "P1", Start: actigraphy.Zoned(time.Date(2024, 10, 26, 12, 0, 0, 0, zurich)), Epoch: 30 * time.Second, Activity: make([]float64, 2*1440*2),
	}
	m, err := plots.Days(r, "")
	if err != nil {
		t.Fatal(err)
	}
	cells := plots.NewEpochCells(r)
	if cells[0] != m.From || len(cells) != len(r.Activity) {
		t.Errorf("got %d cells from %d on, want %d from %d on", len(cells), cells[0], len(r.Activity), m.From)
	}
	// 02:00 to 02:30 on the 27th comes 14 h and 15 h after the start.
	at := 1440 + 120
	want := []wear.Interval{{From: 14 * 120, To: 14*120 + 60}, {From: 15 * 120, To: 15*120 + 60}}
	if got := cells.Epochs(at, at+30); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: both times that the clock shows it", got, want)
	}
	covered := cells.Cells(len(m.Values), append(slices.Clone(want), wear.Interval{From: 0, To: 9, Worn: true}), false)
	for k, on := range covered {
		if on != (k >= at && k < at+30) {
			t.Fatalf("cell %d: got %v", k, on)
		}
	}
}

func TestMaskPaints(t *testing.T) {
	layers := []wear.Layer{
		{Name: "Choi 2011", Parameters: wear.Values{"period": 90}, Revision: wear.Revision{Intervals: []wear.Interval{{To: 2}}}},
		{Name: "By hand", Revision: wear.Revision{On: true, Intervals: []wear.Interval{{To: 2}, {From: 2, To: 3, Worn: true}}}},
	}
	got := plots.MaskPaints(plots.EpochCells{0, 1, 2}, 3, layers)
	if len(got) != 2 || got[0].Name != "By hand" || got[0].Pattern != 1 || !slices.Equal(got[0].Cells, []bool{true, true, false}) {
		t.Fatalf("got %+v, want the layer that is on with the pattern of its place", got)
	}
	if worn := got[1]; worn.Name != "By hand: worn" || worn.Pattern != plots.MaskWorn || !slices.Equal(worn.Cells, []bool{false, false, true}) {
		t.Errorf("got %+v, want what was declared worn apart", worn)
	}
}
