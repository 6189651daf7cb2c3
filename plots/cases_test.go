package plots_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/plots"
)

// gapped is a sample week with a gap and a light channel.
func gapped(t testing.TB) *actigraphy.Recording {
	r := sample(t, 3)
	for i := 3000; i < 3400; i++ {
		r.Activity[i] = math.NaN()
	}
	light := make([]float64, len(r.Activity))
	for i := range light {
		light[i] = math.Max(0, 3000*math.Sin(float64(i%1440-360)/1440*2*math.Pi))
	}
	r.Channels = map[string][]float64{actigraphy.ChannelLight: light}
	return r
}

func actogram(t testing.TB, r *actigraphy.Recording) plots.Actogram {
	t.Helper()
	a, err := plots.NewActogram(r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// overChange is a sample week in which the clocks of Oslo change on the Sunday, in
// spring or autumn.
func overChange(t testing.TB, monday string) *actigraphy.Recording {
	t.Helper()
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Skip("no time zone database:", err)
	}
	start, err := time.ParseInLocation(time.DateOnly, monday, oslo)
	if err != nil {
		t.Fatal(err)
	}
	r := sample(t, 3)
	r.Start = actigraphy.Zoned(start)
	return r
}

// cloud is three groups of points with a name, a category and a number each.
func cloud(n int) (pr plots.Projection, categories, names []string, numbers []float64) {
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		k := i % 3
		x, y := rng.NormFloat64()+2*float64(k), 0.7*rng.NormFloat64()+1.5*float64(k%2)
		pr.X, pr.Y = append(pr.X, x), append(pr.Y, y)
		categories = append(categories, []string{"Women", "Men", "José Müller 日本"}[k])
		names = append(names, fmt.Sprint(21000+7*i))
		numbers = append(numbers, 10*x+5*rng.Float64())
	}
	pr.Explained = [2]float64{0.342, 0.118}
	return pr, categories, names, numbers
}

func latencies(n int) []float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	seconds := make([]float64, n)
	for i := range seconds {
		seconds[i] = 0.06 * math.Exp(0.15*rng.NormFloat64())
	}
	return seconds
}

func attentionProfile(n int) []float32 {
	rng := rand.New(rand.NewPCG(5, 6))
	profile, sum := make([]float32, n), float32(0)
	for i := range profile {
		profile[i] = float32(math.Exp(0.6 * rng.NormFloat64()))
		sum += profile[i]
	}
	for i := range profile {
		profile[i] /= sum
	}
	return profile
}

// bars compares four programs in three series, one of them with a gap.
func bars(l plots.Labels) plots.Bars {
	return plots.Bars{
		Labels: l, Axis: "Throughput over the fastest peer's", Series: []string{"PAT-S", "PAT-M", "PAT-L"},
		Reference: 1, ReferenceName: "fastest peer",
		Rows: []plots.BarRow{
			{Name: "Circascope", Values: []float64{1.42, 1.47, 1.41}, Strong: true},
			{Name: "ONNX Runtime", Values: []float64{1, 1, 1}},
			{Name: "PyTorch, compiled", Values: []float64{0.313, 0.28, math.NaN()}},
			{Name: "JAX", Values: []float64{0.02, 0, 0.21}},
		},
	}
}

// memoryLines is memory over the number of weeks, with a gap.
func memoryLines(l plots.Labels) plots.Lines {
	weeks := []float64{1, 10, 100, 1000, 10000}
	return plots.Lines{
		Labels: l, XAxis: "Weeks", YAxis: "Peak memory (MB)", LogX: true, Reference: 450, ReferenceName: "limit",
		Curves: []plots.LineCurve{
			{Name: "PAT-S", X: weeks, Y: []float64{310, 322, 325, 327, 329}},
			{Name: "PAT-L", X: weeks, Y: []float64{380, 401, math.NaN(), 404, 406}},
		},
	}
}

// attentionMap is a map whose rows sum to 1, brighter along a diagonal.
func attentionMap(n int) []float32 {
	out := make([]float32, 0, n*n)
	for q := range n {
		row, sum := attentionProfile(n), float32(0)
		for k := range row {
			row[k] *= float32(1 + 4*math.Exp(-math.Abs(float64(q-k))/8))
			sum += row[k]
		}
		for _, v := range row {
			out = append(out, v/sum)
		}
	}
	return out
}

// hours is a rhythm of n hours with a day of 24.
func hours(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 0.01 * (1 + math.Sin(float64(i)/24*2*math.Pi))
	}
	return out
}

type testChart struct {
	name  string
	chart plots.Chart
}

// charts is one of each chart, as a user would see it.
func charts(t testing.TB) []testChart {
	t.Helper()
	r := gapped(t)
	made := plots.Labels{
		Heading: "PAT-M", Demo: true,
		Caption: "PAT-M, scaler nhanes47, weights 0123456789ab, tensorflow 2.21.0 float32",
	}
	a := actogram(t, r)
	double := a
	double.Double, double.Linear, double.Colors = true, true, plots.Grey
	pr, categories, names, numbers := cloud(47)
	small, medium, large := pr, pr, pr
	small.Name, medium.Name, large.Name = "PAT-S", "PAT-M", "PAT-L"

	var people []plots.DayMatrix
	for i := range 5 {
		m, err := plots.Days(sample(t, i), "")
		if err != nil {
			t.Fatal(err)
		}
		people = append(people, m)
	}
	cohort, err := plots.AverageCohort(people, 15, plots.BandQuartiles)
	if err != nil {
		t.Fatal(err)
	}
	attention := plots.Attention{Labels: made, Start: r.Start, Activity: r.Activity, Unit: a.Activity.Unit, Profile: attentionProfile(560)}
	plain := plots.Labels{Heading: "22335"}
	wide, high := medium, large
	wide.X, high.Y = shifted(medium.X, 0.3), shifted(large.Y, -0.2)
	spring, autumn := actogram(t, overChange(t, "2003-03-24")), actogram(t, overChange(t, "2003-10-20"))
	spring.Labels, autumn.Labels = made, made
	return append(paperCharts(t, a), []testChart{
		{"actogram", a},
		{"actogram-double", double},
		{"actogram-spring", spring},
		{"actogram-autumn", autumn},
		{"embedding-category", plots.Embedding{
			Labels: made, Projection: pr, Names: names, Selected: []int{3, 8, 20},
			Color: plots.Coloring{Name: "Group", Categories: categories},
		}},
		{"embedding-number", plots.Embedding{Labels: made, Projection: pr, Color: plots.Coloring{Name: "Mean counts per minute", Numbers: numbers}}},
		{"embedding-names", plots.Embedding{Labels: made, Projection: pr, Names: names, NameAll: true}},
		{"compare", plots.Compare{
			Labels: made, Panels: []plots.Projection{small, medium, large}, Selected: []int{4},
			Color: plots.Coloring{Name: "Group", Categories: categories},
			Notes: []string{"2.6 ms a week", "9.5 ms a week", "62 ms a week"},
		}},
		{"overlay", plots.Overlay{Labels: made, Layers: []plots.Projection{small, wide, high}, Names: names, Marked: []int{3, 8}}},
		{"report", report(made, small)},
		{"latency", plots.Latency{Labels: made, Seconds: latencies(500)}},
		{"profile", plots.DailyProfile{Labels: plain, Unit: "Counts per min", Curves: []plots.DayCurve{plots.AverageDay(a.Activity, 15, plots.BandSD)}}},
		{"profile-cohort", plots.DailyProfile{
			Labels: plain, Unit: "Counts per min",
			Curves: []plots.DayCurve{plots.AverageDay(a.Activity, 15, plots.BandQuartiles), cohort},
		}},
		{"bars", bars(made)},
		{"bars-single", plots.Bars{Labels: made, Axis: "Peak memory (MB)", Rows: []plots.BarRow{
			{Name: "PAT-S", Values: []float64{329}}, {Name: "PAT-M", Values: []float64{361}}, {Name: "PAT-L", Values: []float64{406}},
		}}},
		{"lines", memoryLines(made)},
		{"attention", attention},
		{"attention-days", plots.AttentionDays{Attention: attention}},
		{"attention-average", plots.AttentionDays{Attention: attention, Average: true}},
		{"attention-map", plots.AttentionMap{Labels: made, Start: r.Start, Minutes: len(r.Activity), Tokens: 112, Map: attentionMap(112)}},
		{"hours", plots.Hours{Labels: made, Start: r.Start, Panels: []plots.HourPanel{
			{Name: "Occlusion: cosine distance the embedding moves", Values: hours(168)},
			{Name: "Attention received in the hour, % of the week's", Values: hours(150)},
		}}},
	}...)
}

func shifted(values []float64, most float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v + most*math.Sin(float64(i))
	}
	return out
}

// report is one of each block.
func report(l plots.Labels, pr plots.Projection) plots.Report {
	figure := plots.Figure{Chart: plots.Overlay{Labels: plots.Labels{Heading: "A chart"}, Layers: []plots.Projection{pr}}}
	table := plots.Grid{Heading: "A table", Head: []string{"", "n", "Value"}, Rows: [][]string{{"PAT-S", "47", "0.981"}, {"PAT-M of a long name", "47", "0.9"}}, Note: "What it says, in a line that is long enough to be broken somewhere before its end."}
	return plots.Report{Labels: l, Blocks: []plots.Block{
		plots.Paragraph{Heading: "A heading", Text: "Some text that explains what stands below and is long enough to need a second line on a page of this width, and a third one on a narrow page."},
		table,
		plots.Beside{figure, table},
	}}
}
