package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"circascope/explore"
	"circascope/inference"
	"circascope/models"
)

// Group names results that may be looked at together: one model, one weights
// file, one scaler, one preparation, one way of computing. Results of different
// groups are never mixed.
type Group struct {
	Model         models.Size  `json:"model"`
	WeightsSHA    string       `json:"weights_sha256"`
	WeightsState  models.State `json:"weights_state"`
	ScalerID      string       `json:"scaler_id"`
	Preparation   string       `json:"preparation"`
	Minutes       int          `json:"minutes"`
	Engine        string       `json:"engine"`
	EngineVersion string       `json:"engine_version"`
	Precision     string       `json:"precision"`
	DeviceKind    string       `json:"device_kind"`
}

// EmbeddingSet is the results of one group, by subject and week start.
type EmbeddingSet struct {
	Group
	ScalerName string
	Results    []inference.Result
}

// Demo reports whether the set was made with the demo weights.
func (s EmbeddingSet) Demo() bool { return s.WeightsState == models.Demo }

// Label describes the set in a line, for example
// "PAT-L, demo weights, scaler nhanes47, 47 weeks".
func (s EmbeddingSet) Label() string {
	weights := "weights " + shortHash(s.WeightsSHA)
	if s.Demo() {
		weights = "demo weights"
	}
	count := "1 week"
	if n := len(s.Results); n != 1 {
		count = fmt.Sprintf("%d weeks", n)
	}
	return fmt.Sprintf("PAT-%s, %s, scaler %s, %s", s.Model, weights, s.ScalerName, count)
}

func shortHash(sha string) string { return sha[:min(len(sha), 12)] }

func groupOf(r inference.Result) Group {
	return Group{
		r.Model, r.WeightsSHA, r.WeightsState, r.ScalerID, r.Preparation, r.Minutes,
		r.Engine, r.EngineVersion, r.Precision, r.DeviceKind,
	}
}

// EmbeddingSets returns the stored results of a model in groups, the one
// computed last first. An empty model selects all.
func (wb *Workbench) EmbeddingSets(ctx context.Context, model models.Size) ([]EmbeddingSet, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	results, err := lib.Results(ctx, inference.Query{Model: model})
	if err != nil {
		return nil, err
	}
	var sets []EmbeddingSet
	index := map[Group]int{}
	latest := map[Group]string{}
	for _, r := range results {
		g := groupOf(r)
		i, ok := index[g]
		if !ok {
			i = len(sets)
			index[g] = i
			sets = append(sets, EmbeddingSet{Group: g, ScalerName: r.ScalerName})
		}
		sets[i].Results = append(sets[i].Results, r)
		latest[g] = max(latest[g], r.ComputedAt)
	}
	slices.SortStableFunc(sets, func(a, b EmbeddingSet) int {
		return cmp.Or(cmp.Compare(latest[b.Group], latest[a.Group]), cmp.Compare(len(b.Results), len(a.Results)))
	})
	return sets, nil
}

// Projection is an embedding set in the plane of its first two principal
// components.
type Projection struct {
	Set       EmbeddingSet
	XY        [][2]float64 // one a result
	Explained [2]float64   // share of the variance, 0 to 1
}

// Project computes the principal components of a set. A set of fewer than two
// weeks gives points at the origin and explains nothing.
func Project(set EmbeddingSet) (Projection, error) {
	p := Projection{Set: set, XY: make([][2]float64, len(set.Results))}
	if len(set.Results) < 2 {
		return p, nil
	}
	pca, err := explore.PCA(vectors(set), 2)
	if err != nil {
		return p, fmt.Errorf("projecting %s: %w", set.Label(), err)
	}
	for i, xy := range pca.Scores {
		copy(p.XY[i][:], xy)
	}
	copy(p.Explained[:], pca.Explained)
	return p, nil
}

func vectors(set EmbeddingSet) [][]float32 {
	rows := make([][]float32, len(set.Results))
	for i, r := range set.Results {
		rows[i] = r.Vector
	}
	return rows
}

// Comparison puts model sizes side by side on the weeks they all embedded.
type Comparison struct {
	Models     []Projection // same weeks in the same order
	Seconds    []float64    // median seconds a week, one a model
	Memory     []float64    // peak memory of the program during the last run of the model, MB; 0 = unknown
	Overlap    [][]float64  // mean share of common nearest neighbours, model by model
	Neighbours int          // how many were compared; 0 where there are too few weeks
	Weeks      int
	Left       int // weeks that not every model embedded
}

// Compare takes the newest set of each model and compares them on their common
// weeks. Models without results are left out.
func (wb *Workbench) Compare(ctx context.Context) (Comparison, error) {
	sets, err := wb.newestSets(ctx)
	if err != nil {
		return Comparison{}, err
	}
	c, err := CompareSets(sets)
	if err != nil {
		return c, err
	}
	lib, err := wb.Library()
	if err != nil {
		return c, err
	}
	for i, s := range sets {
		text, err := lib.Setting(ctx, memorySetting(s.Model))
		if err != nil {
			return c, err
		}
		if c.Memory[i], err = strconv.ParseFloat(text, 64); err != nil {
			c.Memory[i] = 0 // never run here
		}
	}
	return c, nil
}

// newestSets returns one set a model, smallest first: see matching. Models without
// results are left out.
func (wb *Workbench) newestSets(ctx context.Context) ([]EmbeddingSet, error) {
	var sets []EmbeddingSet
	for _, size := range models.Sizes() {
		list, err := wb.EmbeddingSets(ctx, size)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			sets = append(sets, matching(list, sets))
		}
	}
	return sets, nil
}

// matching picks, of one model's sets, the newest with the scaler and
// preparation of those already picked, else the newest.
func matching(list, picked []EmbeddingSet) EmbeddingSet {
	for _, s := range list {
		if len(picked) > 0 && s.ScalerID == picked[0].ScalerID && s.Preparation == picked[0].Preparation {
			return s
		}
	}
	return list[0]
}

// CompareSets compares sets on the weeks that all of them hold.
func CompareSets(sets []EmbeddingSet) (Comparison, error) {
	c := Comparison{Memory: make([]float64, len(sets))}
	common, left := commonWeeks(sets)
	c.Left = left
	if len(common) > 0 {
		c.Weeks = len(common[0].Results)
	}
	for i, s := range common {
		p, err := Project(s)
		if err != nil {
			return c, err
		}
		if i > 0 {
			p.faceLike(c.Models[0])
		}
		c.Models = append(c.Models, p)
		c.Seconds = append(c.Seconds, medianSeconds(s.Results))
	}
	c.Neighbours = explore.DefaultNeighbours(c.Weeks)
	return c, c.overlaps(common)
}

// faceLike mirrors the axes of p so that each points the way it does in first:
// the sign of a principal component means nothing, and mirrored pictures are hard
// to compare.
func (p *Projection) faceLike(first Projection) {
	for axis := range 2 {
		dot := 0.0
		for i := range p.XY {
			dot += p.XY[i][axis] * first.XY[i][axis]
		}
		if dot >= 0 {
			continue
		}
		for i := range p.XY {
			p.XY[i][axis] *= -1
		}
	}
}

func (c *Comparison) overlaps(sets []EmbeddingSet) error {
	if c.Neighbours == 0 {
		return nil
	}
	c.Overlap = make([][]float64, len(sets))
	for i := range sets {
		c.Overlap[i] = make([]float64, len(sets))
		for j := range sets {
			share, err := explore.NeighbourOverlap(vectors(sets[i]), vectors(sets[j]), c.Neighbours)
			if err != nil {
				return fmt.Errorf("comparing neighbours: %w", err)
			}
			c.Overlap[i][j] = share
		}
	}
	return nil
}

type weekKey struct{ recording, start string }

func commonWeeks(sets []EmbeddingSet) (common []EmbeddingSet, left int) {
	count := map[weekKey]int{}
	for _, s := range sets {
		for _, r := range s.Results {
			count[weekKey{r.Recording, r.WeekStart}]++
		}
	}
	for _, n := range count {
		if n < len(sets) {
			left++
		}
	}
	for _, s := range sets {
		kept := s
		kept.Results = nil
		for _, r := range s.Results {
			if count[weekKey{r.Recording, r.WeekStart}] == len(sets) {
				kept.Results = append(kept.Results, r)
			}
		}
		slices.SortStableFunc(kept.Results, inOrder)
		common = append(common, kept)
	}
	return common, left
}

// inOrder is the one order of weeks for all sets: two recordings of a participant
// may begin at the same minute.
func inOrder(a, b inference.Result) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.WeekStart, b.WeekStart), cmp.Compare(a.Recording, b.Recording))
}

func medianSeconds(results []inference.Result) float64 {
	if len(results) == 0 {
		return 0
	}
	seconds := make([]float64, len(results))
	for i, r := range results {
		seconds[i] = r.Seconds
	}
	slices.Sort(seconds)
	mid := len(seconds) / 2
	if len(seconds)%2 == 1 {
		return seconds[mid]
	}
	return (seconds[mid-1] + seconds[mid]) / 2
}
