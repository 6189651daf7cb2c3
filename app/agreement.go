package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"

	"circascope/explore"
	"circascope/models"
)

// Agreed is how far the sizes of a comparison agree.
type Agreed struct {
	Pairs      []PairAgreement `json:"pairs"`
	People     []Disagreement  `json:"-"`          // who is placed most differently first
	Neighbours int             `json:"neighbours"` // how many of each week were compared; 0 where there are too few weeks
	Chance     float64         `json:"neighbour_overlap_by_chance"`
	Among      int             `json:"neighbours_among"` // weeks that neighbours and distances were looked for among: all, or a sample
	Rounds     int             `json:"shuffles"`
}

// PairAgreement is how far two sizes agree about the same weeks. A value that
// can't be had is absent, with the reason.
type PairAgreement struct {
	A         models.Size   `json:"a"`
	B         models.Size   `json:"b"`
	CKA       Figure        `json:"cka_debiased"`
	Null      *explore.Null `json:"cka_debiased_shuffled,omitempty"`
	Plain     Figure        `json:"cka_plain"`
	PlainNull *explore.Null `json:"cka_plain_shuffled,omitempty"`
	NullWhy   string        `json:"cka_shuffled_reason,omitempty"` // why there are no shuffles
	Overlap   Figure        `json:"neighbour_overlap"`
	Distances Figure        `json:"distance_correlation"`
	Disparity Figure        `json:"procrustes_disparity"`

	shared, residuals []float64 // one a week; nil where the value is absent
}

// Name is for example "S and M".
func (p PairAgreement) Name() string { return fmt.Sprintf("%s and %s", p.A, p.B) }

// Figure is a number, or why there is none.
type Figure struct {
	Value  *float64 `json:"value"`
	Reason string   `json:"reason,omitempty"`
}

func figure(v float64, err error) Figure {
	if err != nil {
		return Figure{Reason: err.Error()}
	}
	return Figure{Value: &v}
}

// Limits of a comparison.
const (
	// sampleWeeks is how many weeks neighbours and distances are looked for among:
	// beyond it, a sample of people.
	sampleWeeks = 2000
	// shuffles is how often the people are shuffled; P is then 1/201 at least.
	shuffles = 200
	seed     = 20151124
)

// agree fills in how far the sizes agree, from memory where the same results were
// compared before.
func (wb *Workbench) agree(ctx context.Context, c *Comparison, progress Progress) error {
	key := comparisonKey(c.Sets())
	wb.mu.RLock()
	known, agreed := wb.agreed.key == key, wb.agreed.Agreed
	wb.mu.RUnlock()
	if known {
		c.Agreed = agreed
		return nil
	}
	work := func(ctx context.Context, progress Progress) (summary string, err error) {
		c.Agreed, err = AgreementOf(ctx, c.Sizes, progress)
		return c.Summary(), err
	}
	var err error
	if c.Weeks < longComparison {
		_, err = work(ctx, progress)
	} else {
		err = wb.jobs.Do(ctx, "Compare the sizes", func(ctx context.Context, job Progress) (string, error) { return work(ctx, both(job, progress)) })
	}
	if err != nil {
		return err
	}
	wb.mu.Lock()
	wb.agreed = rememberedAgreement{key, c.Agreed}
	wb.mu.Unlock()
	return nil
}

// rememberedAgreement is the last comparison's outcome; it depends on the results
// alone.
type rememberedAgreement struct {
	key string
	Agreed
}

func comparisonKey(sets []EmbeddingSet) string {
	h := newHash()
	for _, s := range sets {
		for _, r := range s.Results {
			_, _ = h.Write([]byte(r.ID + r.Subject + "\n"))
		}
	}
	return h.hex()
}

// AgreementOf compares every pair of sizes, which hold the same weeks in the same order.
// It depends on nothing but them: what is drawn at random has a fixed seed.
func AgreementOf(ctx context.Context, sizes []ComparedSize, progress Progress) (Agreed, error) {
	a := &agreeing{ctx: ctx, sizes: sizes, progress: progress, people: subjects(sizes[0].Set.Results)}
	a.among = sampleOfPeople(a.people, sampleWeeks)
	a.Rounds, a.Among, a.Neighbours = shuffles, len(a.among), explore.DefaultNeighbours(len(a.among))
	pairs := len(sizes) * (len(sizes) - 1) / 2
	a.steps = int64(len(sizes) + pairs*(shuffles+1))
	if err := a.findNeighbours(); err != nil {
		return a.Agreed, err
	}
	for i := range sizes {
		for j := range i {
			if err := a.pair(j, i); err != nil {
				return a.Agreed, err
			}
		}
	}
	a.Agreed.People = disagreements(sizes[0].Set.Results, a.Pairs)
	return a.Agreed, ctx.Err()
}

// agreeing is a comparison under way.
type agreeing struct {
	Agreed
	ctx         context.Context
	sizes       []ComparedSize
	people      []string // of each week
	among       []int
	near        [][][]int // of each size; nil where there are too few weeks
	done, steps int64
	progress    Progress
}

// step counts one piece of work; an error says that it was cancelled.
func (a *agreeing) step(what string) error {
	a.done++
	if a.progress != nil {
		a.progress(a.done, a.steps, what)
	}
	return a.ctx.Err()
}

func (a *agreeing) findNeighbours() error {
	for _, s := range a.sizes {
		if a.Neighbours > 0 {
			near, err := explore.NeighboursAmong(vectors(s.Set), a.among, a.Neighbours, explore.Euclidean)
			if err != nil {
				return fmt.Errorf("PAT-%s: %w", s.Model, err)
			}
			a.near = append(a.near, near)
		}
		if err := a.step(fmt.Sprintf("PAT-%s: who is near whom", s.Model)); err != nil {
			return err
		}
	}
	a.Chance = float64(a.Neighbours) / float64(max(1, len(a.among)-1))
	return nil
}

func (a *agreeing) pair(i, j int) error {
	x, y := a.sizes[i], a.sizes[j]
	p := PairAgreement{A: x.Model, B: y.Model}
	if err := a.kernels(&p, vectors(x.Set), vectors(y.Set)); err != nil {
		return err
	}
	p.Overlap = Figure{Reason: tooFewWeeks(len(a.people))}
	if a.Neighbours > 0 {
		p.shared = explore.SharedNeighbours(a.near[i], a.near[j])
		p.Overlap = figure(stat.Mean(p.shared, nil), nil)
	}
	p.Distances = Figure{Reason: tooFewWeeks(len(a.people))}
	if len(a.among) >= 3 {
		p.Distances = figure(explore.DistanceCorrelation(pick(vectors(x.Set), a.among), pick(vectors(y.Set), a.among)))
	}
	p.shapes(x, y)
	a.Pairs = append(a.Pairs, p)
	return a.step("PAT-" + p.Name())
}

// kernels measures CKA and what shuffled people would give.
func (a *agreeing) kernels(p *PairAgreement, x, y [][]float32) error {
	test, err := explore.NewCKATest(x, y, a.people)
	if err != nil {
		p.CKA, p.Plain = figure(0, err), figure(0, err)
		a.done += shuffles
		return a.ctx.Err()
	}
	value := test.Value()
	p.CKA, p.Plain = figure(value.Debiased, nil), figure(value.Plain, nil)
	if test.Movable() == 0 {
		p.NullWhy = "no two people have equally many weeks, so none can change places"
		a.done += shuffles
		return a.ctx.Err()
	}
	rng := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a simulation that must repeat
	debiased, plain := make([]float64, shuffles), make([]float64, shuffles)
	for r := range shuffles {
		v := test.Shuffled(rng)
		debiased[r], plain[r] = v.Debiased, v.Plain
		if err := a.step("PAT-" + p.Name() + ": shuffling people"); err != nil {
			return err
		}
	}
	null, err := explore.NullOf(value.Debiased, debiased)
	if err != nil {
		return err
	}
	plainNull, err := explore.NullOf(value.Plain, plain)
	p.Null, p.PlainNull = &null, &plainNull
	return err
}

// shapes compares the two projections in the plane.
func (p *PairAgreement) shapes(x, y ComparedSize) {
	if len(x.XY) < 3 {
		p.Disparity = Figure{Reason: tooFewWeeks(len(x.XY))}
		return
	}
	laid, err := explore.Procrustes(plane(x.XY), plane(y.XY))
	p.Disparity = figure(laid.Disparity, err)
	p.residuals = laid.Residuals
}

func tooFewWeeks(n int) string {
	return fmt.Sprintf("%s, and at least 3 are needed", counted(n, "week"))
}

func pick(rows [][]float32, which []int) [][]float32 {
	picked := make([][]float32, len(which))
	for i, at := range which {
		picked[i] = rows[at]
	}
	return picked
}

// sampleOfPeople returns the weeks of people chosen at random, with a fixed seed,
// limit at most; all weeks where they fit. The last person may bring only some.
func sampleOfPeople(people []string, limit int) []int {
	limit = min(limit, len(people))
	weeks := map[string][]int{}
	var names []string
	for i, name := range people {
		if weeks[name] == nil {
			names = append(names, name)
		}
		weeks[name] = append(weeks[name], i)
	}
	sample := make([]int, 0, limit)
	for _, at := range rand.New(rand.NewPCG(seed, 2)).Perm(len(names)) { //nolint:gosec // a sample that must repeat
		own := weeks[names[at]]
		sample = append(sample, own[:min(len(own), limit-len(sample))]...)
	}
	slices.Sort(sample)
	return sample
}
