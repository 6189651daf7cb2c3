package metrics_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"circascope/actigraphy/metrics"
	"circascope/internal/reference"
)

// TestDisagreements computes, with -update, how far the definitions are apart on the
// recordings of the reference, each by its defaults, and writes disagreements.csv,
// which the page of measures shows; those of different units are not compared.
// Without -update it makes sure that the file is of measures that there are.
func TestDisagreements(t *testing.T) {
	const path = "disagreements.csv"
	if *update {
		if err := os.WriteFile(path, []byte(measureDisagreements(t)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		if cells[0] == "measure" {
			continue
		}
		for _, d := range cells[1:3] {
			if _, ok := metrics.Find(metrics.Definition(d), cells[0]); !ok || len(cells) != 8 {
				t.Errorf("%s: there is no measure %s in %s", strings.TrimSpace(line), cells[0], d)
			}
		}
	}
}

func measureDisagreements(t *testing.T) string {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	found := map[string]map[metrics.Definition][]float64{}
	for _, s := range series {
		r, _ := s.read(t, dir)
		for _, d := range metrics.Definitions() {
			for _, v := range metrics.Compute(metrics.Input{Recording: r}, d) {
				if found[v.ID] == nil {
					found[v.ID] = map[metrics.Definition][]float64{}
				}
				found[v.ID][d] = append(found[v.ID][d], v.Value)
			}
		}
	}
	text := "measure,first,second,recordings,median_first,median_second,median_difference,greatest_difference\n"
	for i, first := range metrics.Definitions() {
		for _, m := range metrics.All(first) {
			if m.Of != "" && !strings.HasSuffix(m.ID, "_raw") {
				continue // deviations and weekends differ as their measure does
			}
			for _, second := range metrics.Definitions()[i+1:] {
				if other, has := metrics.Find(second, m.ID); has && other.Unit == m.Unit {
					text += disagreement(m, second, found[m.ID])
				}
			}
		}
	}
	return text
}

// disagreement is a line of a measure in its and another definition, "" where no
// recording has both. Times of day differ by the shorter way around the clock.
func disagreement(m metrics.Metric, second metrics.Definition, found map[metrics.Definition][]float64) string {
	var a, b, apart []float64
	for i, v := range found[m.Definition] {
		w := found[second][i]
		if math.IsNaN(v + w) {
			continue
		}
		between := math.Abs(v - w)
		if strings.HasPrefix(m.Unit, "h since") || strings.HasPrefix(m.Unit, "h from") {
			between = math.Min(between, 24-between)
		}
		a, b, apart = append(a, v), append(b, w), append(apart, between)
	}
	if len(a) == 0 {
		return ""
	}
	return fmt.Sprintf("%s,%s,%s,%d,%.4g,%.4g,%.2g,%.2g\n", m.ID, m.Definition, second, len(a), median(a), median(b), median(apart), slices.Max(apart))
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
