package plots

// Chart is a figure that Image, PNG, SVG and PDF can draw. The charts of this
// package are the only ones.
type Chart interface {
	// Title is the heading of the chart, for a window or a file's metadata.
	Title() string
	// Aspect is the chart's natural height over its width in a style.
	Aspect(s Style) float64

	labels() Labels
	draw(p *page, area rect)
}

// Labels are the words around a chart. Every chart embeds them.
type Labels struct {
	Heading string // above the chart; empty for none
	Caption string // below it, small: what made the numbers; see Caption
	Demo    bool   // made with the demo weights: says so below the chart and behind its data
}

// Title returns the heading.
func (l Labels) Title() string { return l.Heading }

func (l Labels) labels() Labels { return l }

// DemoNotice stands on every chart made with the demo weights.
const DemoNotice = "demo weights - not for research"
