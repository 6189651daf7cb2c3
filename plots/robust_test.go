package plots_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"circascope/actigraphy"
	"circascope/plots"
)

// extremes are series that break naive charts.
func extremes() map[string][]float64 {
	fill := func(n int, v float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = v
		}
		return out
	}
	mixed := fill(1440, 3)
	mixed[7], mixed[8], mixed[9] = math.Inf(1), math.Inf(-1), math.NaN()
	huge := fill(1440, 1e12)
	huge[3], huge[4] = math.MaxFloat64, -math.MaxFloat64
	return map[string][]float64{
		"nothing":       nil,
		"one value":     {5},
		"all NaN":       fill(2880, math.NaN()),
		"all zero":      fill(1440, 0),
		"one day":       fill(1440, 120),
		"60 days":       fill(60*1440, 77),
		"infinite":      mixed,
		"huge":          huge,
		"tiny":          fill(100, math.SmallestNonzeroFloat64),
		"negative":      fill(1440, -5),
		"10,000 values": append(fill(9999, 1), 2),
	}
}

// chartsOf makes one of each chart of a series.
func chartsOf(values []float64, l plots.Labels) []testChart {
	r := &actigraphy.Recording{
		Subject: l.Heading, Epoch: time.Minute, Start: actigraphy.Naive(time.Date(2024, 12, 30, 13, 7, 0, 0, time.UTC)),
		Activity: values, Unit: actigraphy.Unit{Quantity: "counts"},
		Channels: map[string][]float64{actigraphy.ChannelLight: values},
	}
	a, err := plots.NewActogram(r)
	if err != nil {
		panic(err)
	}
	a.Labels = l
	linear := a
	linear.Linear, linear.Double = true, true
	points := values[:min(len(values), 2000)]
	pr := plots.Projection{Name: l.Heading, X: points, Y: points}
	names := make([]string, len(points))
	for i := range names {
		names[i] = fmt.Sprint(l.Heading, i%50)
	}
	selected := []int{-1, 0, 3, 1 << 30}
	profile := make([]float32, len(values))
	for i, v := range values {
		profile[i] = float32(v)
	}
	side := int(math.Sqrt(float64(min(len(profile), 100))))
	return append(paperChartsOf(values, a, l), []testChart{
		{"actogram", a},
		{"actogram linear double", linear},
		{"embedding", plots.Embedding{Labels: l, Projection: pr, Selected: selected, Names: names}},
		{"embedding categories", plots.Embedding{Labels: l, Projection: pr, Color: plots.Coloring{Name: l.Heading, Categories: names}, NameAll: true, Names: names}},
		{"embedding numbers", plots.Embedding{Labels: l, Projection: pr, Color: plots.Coloring{Name: l.Heading, Numbers: values}}},
		{"compare", plots.Compare{Labels: l, Panels: []plots.Projection{pr, {}, pr}, Color: plots.Coloring{Numbers: values}, Selected: selected, Notes: []string{l.Heading}}},
		{"compare nothing", plots.Compare{Labels: l}},
		{"overlay", plots.Overlay{Labels: l, Layers: []plots.Projection{pr, pr}, Names: names, Marked: selected}},
		{"overlay nothing", plots.Overlay{Labels: l, Layers: []plots.Projection{pr, {}}}},
		{"report", report(l, pr)},
		{"report nothing", plots.Report{Labels: l, Blocks: []plots.Block{plots.Paragraph{}, plots.Grid{Rows: [][]string{{"a", "b"}}}, plots.Beside{}}}},
		{"latency", plots.Latency{Labels: l, Seconds: values}},
		{"profile", plots.DailyProfile{Labels: l, Unit: l.Heading, Curves: []plots.DayCurve{
			plots.AverageDay(a.Activity, 15, plots.BandSD), plots.AverageDay(a.Activity, 60, plots.BandQuartiles), {Mean: values}, {},
		}}},
		{"bars", plots.Bars{Labels: l, Axis: l.Heading, Series: []string{l.Heading}, Rows: barRows(points), Reference: first(values), ReferenceName: l.Heading}},
		{"bars without rows", plots.Bars{Labels: l}},
		{"bars of unequal rows", plots.Bars{Labels: l, Rows: []plots.BarRow{{Name: l.Heading}, {Values: points[:min(len(points), 7)], Strong: true}}}},
		{"lines", plots.Lines{Labels: l, XAxis: l.Heading, YAxis: l.Heading, Curves: []plots.LineCurve{{l.Heading, points, points}, {}}, Reference: first(values)}},
		{"lines log", plots.Lines{Labels: l, LogX: true, Curves: []plots.LineCurve{{l.Heading, points, points}, {l.Heading, points, nil}}}},
		{"attention", plots.Attention{Labels: l, Start: r.Start, Activity: values, Profile: profile}},
		{"attention days", plots.AttentionDays{Attention: plots.Attention{Labels: l, Start: r.Start, Activity: values, Profile: profile}}},
		{"attention average", plots.AttentionDays{Attention: plots.Attention{Labels: l, Activity: values, Profile: profile}, Average: true}},
		{"attention map", plots.AttentionMap{Labels: l, Start: r.Start, Minutes: len(values), Tokens: side, Map: profile[:side*side]}},
		{"hours", plots.Hours{Labels: l, Start: r.Start, Panels: []plots.HourPanel{{l.Heading, values[:min(len(values), 300)]}, {}}}},
		{"attention undated", plots.Attention{Labels: l, Activity: values, Profile: profile[:min(len(profile), 7)]}},
	}...)
}

// barRows is one row a value, as far as a page has room.
func barRows(values []float64) []plots.BarRow {
	var rows []plots.BarRow
	for i, v := range values[:min(len(values), 40)] {
		rows = append(rows, plots.BarRow{Name: fmt.Sprint("row ", i), Values: []float64{v, -v}})
	}
	return rows
}

func first(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	return values[0]
}

// withoutImages cuts the embedded images out of an SVG.
func withoutImages(svg []byte) []byte {
	const head = "base64,"
	for {
		start := bytes.Index(svg, []byte(head))
		if start < 0 {
			return svg
		}
		end := start + bytes.IndexByte(svg[start:], '"')
		svg = append(svg[:start:start], svg[end:]...)
	}
}

func TestChartsOfExtremes(t *testing.T) {
	l := plots.Labels{Heading: "A1", Caption: "made up", Demo: true}
	style := plots.PaperColumn()
	style.DPI = 36
	for name, values := range extremes() {
		for _, c := range chartsOf(values, l) {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				_ = plots.Image(c.chart, 320, 200, 1, false)
				if name == "infinite" || name == "huge" { // a PDF is drawn by the same calls as an SVG; these are its longest numbers
					_ = encoded(t, "PDF", c.chart, style)
				}
				svg := withoutImages(encoded(t, "SVG", c.chart, style))
				for _, word := range []string{"NaN", "Inf"} {
					if i := bytes.Index(svg, []byte(word)); i >= 0 {
						t.Errorf("the SVG holds %s", svg[max(0, i-40):i+20])
					}
				}
			})
		}
	}
}

func TestChartsOfEverySize(t *testing.T) {
	for _, c := range charts(t) {
		for _, size := range [][2]int{{0, 0}, {1, 1}, {40, 900}, {900, 40}, {120, 90}, {300, 200}, {1280, 800}} {
			img := plots.Image(c.chart, size[0], size[1], 1, false)
			if got, want := img.Bounds().Dx(), max(size[0], 1); got != want {
				t.Errorf("%s: got width %d, want %d", c.name, got, want)
			}
			if got, want := len(img.Pix), 4*max(size[0], 1)*max(size[1], 1); got != want {
				t.Errorf("%s: got %d bytes of pixels, want %d", c.name, got, want)
			}
		}
	}
}

func TestChartsOfOddNames(t *testing.T) {
	style := plots.PaperColumn()
	style.DPI = 36
	for _, name := range []string{
		"", "José Müller", "日本 太郎", strings.Repeat("x", 200), strings.Repeat("long name ", 40),
		"e\u0301 decomposed", "\x00\x1b\n\tcontrol", "\xff\xfe broken", "<b>&amp;\"'", "🙂", "שלום", "\uFFFE",
	} {
		l := plots.Labels{Heading: name, Caption: name, Demo: true}
		for _, c := range chartsOf([]float64{1, 2, 3}, l) {
			var svg bytes.Buffer
			if err := plots.SVG(&svg, c.chart, style); err != nil {
				t.Fatalf("%q, %s: %v", name, c.name, err)
			}
			wellFormed(t, svg.Bytes())
			if len(name) < 300 && utf8.ValidString(name) {
				continue // text is outlines in a PDF: only length and broken bytes may matter
			}
			if err := plots.PDF(io.Discard, c.chart, style); err != nil {
				t.Fatalf("%q, %s: %v", name, c.name, err)
			}
		}
	}
}
