package plots

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/mazznoer/colorgrad"
)

// ColorMap is a lookup table from [0, 1] to colour.
type ColorMap struct {
	Name  string
	table [256]color.RGBA
}

// The colour maps. All but grey are perceptually even; cividis also looks the
// same to people with a colour vision deficiency (Nunez, Anderton and Renslow
// 2018, doi:10.1371/journal.pone.0199239) and is the default.
var (
	Cividis = newColorMap("cividis", colorgrad.Cividis().At)
	Viridis = newColorMap("viridis", colorgrad.Viridis().At)
	Magma   = newColorMap("magma", colorgrad.Magma().At)
	Grey    = newColorMap("grey", func(t float64) colorgrad.Color {
		return colorgrad.Rgb(1-t, 1-t, 1-t, 1) // ink on paper: more is darker
	})
)

// ColorMaps lists the colour maps, the default first.
func ColorMaps() []*ColorMap { return []*ColorMap{Cividis, Viridis, Magma, Grey} }

// ColorMapByName returns a colour map; "" is the default. An unknown name is an
// error that lists the known ones.
func ColorMapByName(name string) (*ColorMap, error) {
	if name == "" {
		return Cividis, nil
	}
	var known []string
	for _, m := range ColorMaps() {
		if m.Name == name {
			return m, nil
		}
		known = append(known, m.Name)
	}
	return nil, fmt.Errorf("no colour map %q: choose one of %s", name, strings.Join(known, ", "))
}

func newColorMap(name string, at func(float64) colorgrad.Color) *ColorMap {
	m := &ColorMap{Name: name}
	for i := range m.table {
		r, g, b, a := at(float64(i) / float64(len(m.table)-1)).RGBA255()
		m.table[i] = color.RGBA{r, g, b, a}
	}
	return m
}

// At returns the colour of t. Values outside [0, 1] get the colour of the nearer
// end; NaN gets the colour of 0, so ask first where it means missing.
func (m *ColorMap) At(t float64) color.RGBA { return m.table[tableIndex(t)] }

// tableIndex maps [0, 1] to 0..255.
func tableIndex(t float64) int {
	if !(t > 0) {
		return 0
	}
	if t >= 1 {
		return 255
	}
	return int(t*255 + 0.5)
}
