package plots

import (
	"image/color"
	"math"
	"slices"
	"strings"
)

// Coloring says how points are coloured: by category, by number, or all alike
// where both are nil.
type Coloring struct {
	Name       string   // of the column or measure
	Categories []string // one a point; "" for no value
	Numbers    []float64
	Colors     *ColorMap // for Numbers; nil for viridis
}

// Paint is a Coloring worked out for the points of a chart: the look of each and
// what a legend needs. The window's live views and the exported charts share it,
// so a person has the same colour in both.
type Paint struct {
	Points []Mark
	// Names are the categories in legend order, most frequent first; the look of
	// Names[i] is MarkOf(i).
	Names []string
	// Other counts the points of categories beyond MaxCategories, NoValue those
	// without a value; both are grey.
	Other, NoValue int
	// Min and Max are the ends of the colour scale of numbers.
	Min, Max float64
}

// Mark is the look of a point.
type Mark struct {
	Color color.RGBA
	Shape Shape
}

// MarkOf returns the look of the i-th category.
func MarkOf(i int) Mark { return Mark{CategoryColor(i), CategoryShape(i)} }

// Paint works out the look of n points.
func (c Coloring) Paint(n int) Paint {
	switch {
	case c.Categories != nil:
		return c.byCategory(n)
	case c.Numbers != nil:
		return c.byNumber(n)
	}
	p := Paint{Points: make([]Mark, n)}
	for i := range p.Points {
		p.Points[i] = MarkOf(0)
	}
	return p
}

func (c Coloring) byCategory(n int) Paint {
	p := Paint{Points: make([]Mark, n)}
	counts := make(map[string]int)
	for _, name := range c.Categories[:min(n, len(c.Categories))] {
		if name != "" {
			counts[name]++
		}
	}
	for name := range counts {
		p.Names = append(p.Names, name)
	}
	slices.SortFunc(p.Names, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	p.Names = p.Names[:min(len(p.Names), MaxCategories)]
	rank := make(map[string]int, len(p.Names))
	for i, name := range p.Names {
		rank[name] = i
	}
	for i := range p.Points {
		p.Points[i] = Mark{Color: NoValueColor}
		if i >= len(c.Categories) || c.Categories[i] == "" {
			p.NoValue++
		} else if k, ok := rank[c.Categories[i]]; ok {
			p.Points[i] = MarkOf(k)
		} else {
			p.Other++
		}
	}
	return p
}

func (c Coloring) byNumber(n int) Paint {
	p := Paint{Points: make([]Mark, n)}
	numbers := c.Numbers[:min(n, len(c.Numbers))]
	p.Min, p.Max, _ = span(numbers)
	if p.Min == p.Max {
		p.Min, p.Max = padded(p.Min, p.Max, 0)
	}
	colors := c.colors()
	for i := range p.Points {
		if i >= len(numbers) || !finite(numbers[i]) {
			p.Points[i] = Mark{Color: NoValueColor}
			p.NoValue++
			continue
		}
		p.Points[i] = Mark{Color: colors.At((numbers[i] - p.Min) / (p.Max - p.Min))}
	}
	return p
}

func (c Coloring) colors() *ColorMap {
	if c.Colors == nil {
		return Viridis
	}
	return c.Colors
}

// keys returns the legend of categories and of points without a value.
func (p Paint) keys() []key {
	var keys []key
	for i, name := range p.Names {
		m := MarkOf(i)
		keys = append(keys, key{name: name, color: inkOf(m.Color), shape: m.Shape})
	}
	if p.Other > 0 {
		keys = append(keys, key{name: "other", color: inkOf(NoValueColor)})
	}
	if p.NoValue > 0 {
		keys = append(keys, key{name: "no value", color: inkOf(NoValueColor)})
	}
	return keys
}

// bar returns the colour bar of numbers.
func (c Coloring) bar(p Paint) colorBar {
	return colorBar{
		colors: c.colors(), name: c.Name,
		norm:  func(v float64) float64 { return math.Min(1, math.Max(0, (v-p.Min)/(p.Max-p.Min))) },
		ticks: niceTicks(p.Min, p.Max, 5),
	}
}
