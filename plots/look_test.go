package plots_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"circascope/actigraphy"
	"circascope/plots"
)

func TestLook(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip()
	}
	r := sample(t, 3)
	for i := 3000; i < 3400; i++ {
		r.Activity[i] = math.NaN()
	}
	light := make([]float64, len(r.Activity))
	for i := range light {
		light[i] = math.Max(0, 3000*math.Sin(float64(i%1440-360)/1440*2*math.Pi))
	}
	r.Channels = map[string][]float64{actigraphy.ChannelLight: light}
	a, err := plots.NewActogram(r)
	if err != nil {
		t.Fatal(err)
	}
	a.Demo = true
	a.Caption = "PAT-M, scaler nhanes47, weights 0123456789ab, tensorflow 2.21.0 float32"
	look := map[string]plots.Chart{"acto": a}
	dbl := a
	dbl.Double = true
	dbl.Linear = true
	dbl.Colors = plots.Grey
	look["double"] = dbl
	rng := rand.New(rand.NewPCG(1, 2))
	pts := func(n int) (x, y []float64, cat, names []string, num []float64) {
		for i := range n {
			k := i % 3
			x = append(x, rng.NormFloat64()+float64(k)*2)
			y = append(y, rng.NormFloat64()*0.7+float64(k%2)*1.5)
			cat = append(cat, []string{"Women", "Men", "José Müller 日本"}[k])
			names = append(names, fmt.Sprint(21000+i*7))
			num = append(num, x[i]*10+rng.Float64()*5)
		}
		return
	}
	l := a.Labels
	l.Heading = "Embeddings of 47 weeks, PAT-M"
	x, y, cat, names, num := pts(47)
	pr := plots.Projection{X: x, Y: y, Explained: [2]float64{0.342, 0.118}}
	look["emb-cat"] = plots.Embedding{Labels: l, Projection: pr, Color: plots.Coloring{Name: "Group", Categories: cat}, Names: names, Selected: []int{3, 8, 20}}
	look["emb-num"] = plots.Embedding{Labels: l, Projection: pr, Color: plots.Coloring{Name: "Mean counts per minute", Numbers: num}}
	look["emb-names"] = plots.Embedding{Labels: l, Projection: pr, Names: names, NameAll: true}
	bx, by, bc, _, _ := pts(3000)
	look["emb-big"] = plots.Embedding{Projection: plots.Projection{X: bx, Y: by}, Color: plots.Coloring{Categories: bc}}
	p1, p2, p3 := pr, pr, pr
	p1.Name, p2.Name, p3.Name = "PAT-S", "PAT-M", "PAT-L"
	look["compare"] = plots.Compare{Labels: l, Panels: []plots.Projection{p1, p2, p3}, Color: plots.Coloring{Name: "Group", Categories: cat}, Selected: []int{4},
		Notes: []string{"2.6 ms a week, 41 MB", "9.5 ms a week, 60 MB", "62 ms a week, 406 MB"}}
	look["compare-num"] = plots.Compare{Labels: l, Panels: []plots.Projection{p1, p2, p3}, Color: plots.Coloring{Name: "Mean counts", Numbers: num}}
	var sec []float64
	for range 500 {
		sec = append(sec, 0.06*math.Exp(rng.NormFloat64()*0.15))
	}
	ll := l
	ll.Heading = "Latency of PAT-L"
	look["latency"] = plots.Latency{Labels: ll, Seconds: sec}
	ll.Heading = "Average day of 22335"
	look["profile"] = plots.DailyProfile{Labels: ll, Curves: []plots.DayCurve{plots.AverageDay(a.Activity, 15, plots.BandSD)}, Unit: "Counts per min"}
	var people []plots.DayMatrix
	for i := range 20 {
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
	one := plots.AverageDay(a.Activity, 15, plots.BandQuartiles)
	look["profile2"] = plots.DailyProfile{Labels: ll, Curves: []plots.DayCurve{one, cohort}, Unit: "Counts per min"}
	att := make([]float32, 560)
	sum := float32(0)
	for i := range att {
		att[i] = float32(math.Exp(0.6 * rng.NormFloat64()))
		sum += att[i]
	}
	for i := range att {
		att[i] /= sum
	}
	ll.Heading = "Attention of PAT-M, 22335"
	look["attention"] = plots.Attention{Labels: ll, Start: r.Start, Activity: r.Activity, Unit: a.Activity.Unit, Profile: att}
	for name, c := range look {
		if only := os.Getenv("ONLY"); only != "" && only != name {
			continue
		}
		for _, p := range plots.Presets() {
			for _, ext := range []string{".png", ".svg", ".pdf"} {
				if p.ID != "column" && ext != ".png" {
					continue
				}
				f, _ := os.Create(filepath.Join(dir, name+"-"+p.ID+ext))
				s := p.Style
				s.DPI = min(s.DPI, 200)
				if err := plots.Encode(f, f.Name(), c, s); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
	}
}
