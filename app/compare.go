package app

import (
	"context"
	"fmt"
	"slices"

	"circascope/explore"
	"circascope/models"
)

// Comparison puts model sizes side by side on the weeks they all embedded.
type Comparison struct {
	Condition
	Scaler  string         `json:"scaler"`
	Sizes   []ComparedSize `json:"sizes"` // the same weeks in the same order, smallest size first
	Weeks   int            `json:"weeks"`
	People  int            `json:"people"`
	Left    int            `json:"weeks_left_out"` // weeks that not every size embedded
	Agreed  Agreed         `json:"agreement"`
	Advice  Advice         `json:"advice"`
	Notes   []string       `json:"notes"`
	Choices []Comparable   `json:"-"` // this condition, and the others that could be compared
}

// ComparedSize is one size of a comparison.
type ComparedSize struct {
	Projection `json:"-"`
	Model      models.Size  `json:"model"`
	Weights    string       `json:"weights_sha256"`
	Seconds    Quartiles    `json:"seconds_per_week"` // in one worker, of the stored results
	Variance   []float64    `json:"explained_variance"`
	Aligned    [][2]float64 `json:"-"`               // the projection laid over the first size's
	Speed      *Speed       `json:"speed,omitempty"` // last measured on this machine
}

// Quartiles of a sample.
type Quartiles struct {
	Q1     float64 `json:"q1"`
	Median float64 `json:"median"`
	Q3     float64 `json:"q3"`
}

// components is how many principal components a comparison states.
const components = 5

// longComparison is the number of weeks from which on a comparison takes seconds
// and is listed as a job.
const longComparison = 500

// Compare compares the sizes on their common weeks, under one condition: that of
// the options, else the one with the most sizes and of these the newest. Nothing
// to compare gives a Comparison without sizes. How the sizes agree is remembered
// until other results are compared.
func (wb *Workbench) Compare(ctx context.Context, o CompareOptions, progress Progress) (Comparison, error) {
	list, err := wb.Comparables(ctx)
	if err != nil {
		return Comparison{}, err
	}
	chosen, others := o.choose(list)
	c, err := CompareSets(chosen)
	if err != nil || len(c.Sizes) == 0 {
		return c, err
	}
	c.Choices = append(c.Choices, others...)
	for _, other := range others {
		c.Notes = append(c.Notes, "Not compared, because made in another way: "+other.Label()+".")
	}
	if err := wb.agree(ctx, &c, progress); err != nil {
		return c, err
	}
	whole := chosen // the advice is of all sizes, also of those that were not asked for
	if i := slices.IndexFunc(list, func(l Comparable) bool { return l.Condition == chosen.Condition }); i >= 0 {
		whole = list[i]
	}
	return c, wb.advise(ctx, &c, whole)
}

// CompareSets describes each set of a Comparable on the weeks that all of them
// hold; how they agree is another matter.
func CompareSets(of Comparable) (Comparison, error) {
	c := Comparison{Condition: of.Condition, Notes: slices.Clone(of.Notes)}
	if len(of.Sets) == 0 {
		return c, nil
	}
	c.Choices = []Comparable{of}
	c.Scaler = of.Sets[0].ScalerName
	common, left := commonWeeks(of.Sets)
	c.Left, c.Weeks = left, len(common[0].Results)
	c.People = len(slices.Compact(slices.Sorted(slices.Values(subjects(common[0].Results)))))
	for _, s := range common {
		size, err := describe(s)
		if err != nil {
			return c, err
		}
		if len(c.Sizes) > 0 {
			size.faceLike(c.Sizes[0].Projection)
		}
		c.Sizes = append(c.Sizes, size)
	}
	return c, c.align()
}

func describe(s EmbeddingSet) (ComparedSize, error) {
	size := ComparedSize{Projection: Projection{Set: s, XY: make([][2]float64, len(s.Results))}, Model: s.Model, Weights: s.WeightsSHA, Variance: []float64{}}
	seconds := make([]float64, len(s.Results))
	for i, r := range s.Results {
		seconds[i] = r.Seconds
	}
	if len(seconds) > 0 {
		size.Seconds = quartiles(seconds)
	}
	if len(s.Results) < 2 {
		return size, nil
	}
	pca, err := explore.PCA(vectors(s), components)
	if err != nil {
		return size, fmt.Errorf("projecting %s: %w", s.Label(), err)
	}
	for i, scores := range pca.Scores {
		copy(size.XY[i][:], scores)
	}
	copy(size.Explained[:], pca.Explained)
	size.Variance = pca.Explained
	return size, nil
}

// quartiles interpolates between the two nearest values, as NumPy does (type 7 of
// Hyndman and Fan 1996).
func quartiles(values []float64) Quartiles {
	slices.Sort(values)
	q := func(p float64) float64 {
		at := p * float64(len(values)-1)
		low := int(at)
		high := min(low+1, len(values)-1)
		return values[low] + (at-float64(low))*(values[high]-values[low])
	}
	return Quartiles{q(0.25), q(0.5), q(0.75)}
}

// align lays every projection over the first one, as far as both have a shape.
func (c *Comparison) align() error {
	for i := range c.Sizes {
		s := &c.Sizes[i]
		s.Aligned = s.XY
		if i == 0 || s.Explained[0] == 0 || c.Sizes[0].Explained[0] == 0 {
			continue
		}
		laid, err := explore.Procrustes(plane(c.Sizes[0].XY), plane(s.XY))
		if err != nil {
			return fmt.Errorf("laying PAT-%s over PAT-%s: %w", s.Model, c.Sizes[0].Model, err)
		}
		s.Aligned = make([][2]float64, len(laid.Points))
		for k, p := range laid.Points {
			copy(s.Aligned[k][:], p)
		}
	}
	return nil
}

func plane(xy [][2]float64) [][]float64 {
	rows := make([][]float64, len(xy))
	for i := range xy {
		rows[i] = xy[i][:]
	}
	return rows
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

// Pair returns the comparison of the sizes of Agreed.Pairs[i] alone, the second
// laid over the first, with the participants ranked by that pair.
func (c Comparison) Pair(i int) (Comparison, error) {
	p := c.Agreed.Pairs[i]
	two := c
	two.Sizes = nil
	for _, s := range c.Sizes {
		if s.Model == p.A || s.Model == p.B {
			two.Sizes = append(two.Sizes, s)
		}
	}
	two.Agreed.Pairs = c.Agreed.Pairs[i : i+1]
	two.Agreed.People = disagreements(two.Sizes[0].Set.Results, two.Agreed.Pairs)
	return two, two.align()
}

// Demo reports whether the comparison was made with the demo weights.
func (c Comparison) Demo() bool { return c.State == models.Demo }

// Sets returns the sets compared, on their common weeks.
func (c Comparison) Sets() []EmbeddingSet {
	sets := make([]EmbeddingSet, len(c.Sizes))
	for i, s := range c.Sizes {
		sets[i] = s.Set
	}
	return sets
}

// Summary says what is compared in a line.
func (c Comparison) Summary() string {
	text := fmt.Sprintf("The same %s of %s in each size", counted(c.Weeks, "week"), persons(c.People))
	if c.Left > 0 {
		text += fmt.Sprintf("; %s left out that not every size embedded", counted(c.Left, "week"))
	}
	return text
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func persons(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}
