package plots_test

import (
	"image"
	"math"
	"testing"

	"circascope/plots"
)

// TestSpotsAreWherePeopleAreDrawn compares pictures with and without a ring around
// one person: they differ around its spot alone.
func TestSpotsAreWherePeopleAreDrawn(t *testing.T) {
	d := distribution(plots.Labels{Heading: "IS", Caption: "by sex"})
	const w, h, scale = 900, 700, 1.5
	plain := plots.Image(d, w, h, scale, false)
	spots := d.Spots(w, h, scale)
	people := 0
	for _, g := range d.Groups {
		for _, v := range g.Values {
			if !math.IsNaN(v) {
				people++
			}
		}
	}
	if len(spots) != people {
		t.Fatalf("got %d spots, want one for each of %d people with a value", len(spots), people)
	}
	for _, i := range []int{0, 60, 500, len(spots) - 1} {
		s := spots[i]
		d.Groups[s.Group].Ringed = []int{s.Person}
		changed := difference(plain, plots.Image(d, w, h, scale, false))
		d.Groups[s.Group].Ringed = nil
		x, y := float64(changed.Min.X+changed.Max.X)/2, float64(changed.Min.Y+changed.Max.Y)/2
		if math.Hypot(x-s.X, y-s.Y) > 2 || changed.Dx() > 30 {
			t.Errorf("the ring of %+v changed %v, want a small place around it", s, changed)
		}
	}
}

// difference is the least rectangle in which two pictures differ.
func difference(a, b *image.RGBA) image.Rectangle {
	var r image.Rectangle
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}
