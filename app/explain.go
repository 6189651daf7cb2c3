package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"

	"circascope/actigraphy/prepare"
	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/models"
)

// ExplainOptions choose what explains a result by attention.
type ExplainOptions struct {
	Layer     int  // from 1; 0 is the last
	Head      int  // from 1; 0 is the mean over heads
	Rollout   bool // attention rolled out through all layers in place of Layer and Head
	AllowDemo bool // explain with the demo weights a result that was made with them
}

// Explanation says what a model attended to in the week of one result. It holds
// one map: others are asked for again.
type Explanation struct {
	stretch
	Runtime    inference.Runtime
	Attention  inference.Attention
	Rollout    bool
	Profile    []float32 // one a token, sum 1: attention received in the map
	Layers     int       // of the model
	Difference float64   // of the embedding from the stored one, largest feature
}

// stretch is a result with the week that it was made of.
type stretch struct {
	Result inference.Result
	Week   prepare.Week
	Unit   string // of the activity

	values []float32 // standardised as the result was
}

// Explainable lists the results of a recording and model, those that were
// computed last first, by week start within each group.
func (wb *Workbench) Explainable(ctx context.Context, recording string, size models.Size) ([]inference.Result, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	results, err := lib.Results(ctx, inference.Query{Recording: recording, Model: size})
	if err != nil {
		return nil, err
	}
	latest := map[Group]string{}
	for _, r := range results {
		latest[groupOf(r)] = max(latest[groupOf(r)], r.ComputedAt)
	}
	slices.SortStableFunc(results, func(a, b inference.Result) int {
		return cmp.Or(cmp.Compare(latest[groupOf(b)], latest[groupOf(a)]), cmp.Compare(fmt.Sprint(groupOf(a)), fmt.Sprint(groupOf(b))))
	})
	return results, nil
}

// Explain computes the attention of a model in the week of a stored result. The
// week is prepared and standardised as it was, by the weights that it was embedded
// with: other weights, a recording or a scaler that is gone, and an embedding that
// comes out otherwise are errors. Nothing is stored.
func (wb *Workbench) Explain(ctx context.Context, r inference.Result, o ExplainOptions) (Explanation, error) {
	fail := func(err error) (Explanation, error) {
		return Explanation{}, fmt.Errorf("explaining the week of %s from %s: %w", r.Subject, r.WeekStart, err)
	}
	s, weights, err := wb.reopen(ctx, r, o.AllowDemo)
	if err != nil {
		return fail(err)
	}
	e := Explanation{stretch: s, Rollout: o.Rollout, Layers: weights.Spec.Layers}
	if o.Layer == 0 {
		o.Layer = e.Layers
	}
	err = wb.engines.with(ctx, weights, explainEngine, func(engine inference.Engine) error {
		explainer, ok := engine.(inference.Explainer)
		if !ok {
			return fmt.Errorf("%s gives no attention weights; measure by occlusion, which works with any engine", engine.Runtime().Engine)
		}
		e.Runtime = engine.Runtime()
		var err error
		if o.Rollout {
			e.Attention, err = inference.Rollout(ctx, explainer, s.input(), nil)
		} else {
			e.Attention, err = explainer.Attend(ctx, s.input(), o.Layer, o.Head)
		}
		return err
	})
	if err != nil {
		return fail(err)
	}
	e.Profile = e.Attention.Profile()
	if e.Difference, err = s.agrees(e.Attention.Embedding, e.Runtime); err != nil {
		return fail(err)
	}
	return e, nil
}

// explainEngine is how the engine is opened: as a run does, so that the loaded
// model serves both.
var explainEngine = inference.Options{Profiles: true}

// Occlusion is how far the embedding of one result moves when an hour of its week
// is masked.
type Occlusion struct {
	stretch
	Runtime    inference.Runtime
	Hours      []inference.Shift
	Seconds    float64
	Difference float64 // of the unmasked embedding from the stored one
}

// Occlude masks each hour of the week of a stored result in turn; see
// inference.Occlude. It is a job: listed, and cancelled from the list. The same
// refusals hold as for Explain. Nothing is stored: the same weights give the same
// numbers again, in seconds for PAT-S.
func (wb *Workbench) Occlude(ctx context.Context, r inference.Result, allowDemo bool, progress Progress) (Occlusion, error) {
	var o Occlusion
	name := fmt.Sprintf("Occlusion of %s, PAT-%s", r.Subject, r.Model)
	err := wb.jobs.Do(ctx, name, func(ctx context.Context, job Progress) (string, error) {
		var err error
		if o, err = wb.occlude(ctx, r, allowDemo, both(job, progress)); err != nil {
			return "", fmt.Errorf("occluding the week of %s from %s: %w", r.Subject, r.WeekStart, err)
		}
		return fmt.Sprintf("%d hours masked one by one in %.1f s", len(o.Hours), o.Seconds), nil
	})
	return o, err
}

func (wb *Workbench) occlude(ctx context.Context, r inference.Result, allowDemo bool, progress Progress) (Occlusion, error) {
	s, weights, err := wb.reopen(ctx, r, allowDemo)
	if err != nil {
		return Occlusion{}, err
	}
	o := Occlusion{stretch: s}
	var whole inference.Embedding
	err = wb.engines.with(ctx, weights, explainEngine, func(engine inference.Engine) error {
		o.Runtime = engine.Runtime()
		started := time.Now()
		var err error
		o.Hours, whole, err = inference.Occlude(ctx, engine, s.input(), func(done, total int) {
			progress(int64(done), int64(total), fmt.Sprintf("hour %d of %d", done-1, total-1))
		})
		o.Seconds = time.Since(started).Seconds()
		return err
	})
	if err != nil {
		return Occlusion{}, err
	}
	o.Difference, err = s.agrees(whole.Vector, o.Runtime)
	return o, err
}

// OcclusionTime estimates how long Occlude takes from the time that the result
// took, without the loading of the model. A worker a core is reckoned with where
// no engine runs yet.
func (wb *Workbench) OcclusionTime(r inference.Result) time.Duration {
	workers := wb.engines.current().Runtime.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	runs := float64(len(inference.Hours(r.Minutes)) + 1)
	return time.Duration(r.Seconds * runs / float64(workers) * float64(time.Second))
}

// reopen finds what a result was made of and of which weights.
func (wb *Workbench) reopen(ctx context.Context, r inference.Result, allowDemo bool) (stretch, *models.Weights, error) {
	fail := func(err error) (stretch, *models.Weights, error) { return stretch{}, nil, err }
	lib, err := wb.Library()
	if err != nil {
		return fail(err)
	}
	weights, err := wb.weightsOf(ctx, r, allowDemo)
	if err != nil {
		return fail(err)
	}
	s := stretch{Result: r}
	if s.Week, s.Unit, err = wb.weekOf(ctx, lib, r); err != nil {
		return fail(err)
	}
	scaler, err := lib.Scaler(ctx, r.ScalerID)
	if err != nil {
		return fail(fmt.Errorf("reading the scaler %s: %w", r.ScalerName, err))
	}
	s.values, err = scaler.Apply(s.Week)
	return s, weights, err
}

// errDemoUnasked is the error of explaining a demo result without saying so.
var errDemoUnasked = errors.New("it was embedded with the demo weights; allow these (--demo), or run PAT with approved weights first")

// weightsOf loads the weights that a result was made with, and no others.
func (wb *Workbench) weightsOf(ctx context.Context, r inference.Result, allowDemo bool) (*models.Weights, error) {
	if r.Demo() && !allowDemo {
		return nil, errDemoUnasked
	}
	w, _, err := wb.cfg.Catalogue.Load(ctx, r.Model, r.Demo())
	if err != nil {
		return nil, err
	}
	if w.SHA256 != r.WeightsSHA {
		return nil, fmt.Errorf("it was embedded with weights %s, and the weights of PAT-%s are now %s: run PAT again with these, or approve the former file again",
			shortHash(r.WeightsSHA), r.Model, shortHash(w.SHA256))
	}
	return w, nil
}

// input is the standardised week.
func (s stretch) input() inference.Week { return inference.Week{Key: s.Result.ID, Values: s.values} }

// Tolerances of an embedding that is computed again, of its largest feature: in
// float32 and in any other precision those of a fingerprint on another machine.
const (
	sameTolerance  = fingerprint.Float32Tolerance
	otherTolerance = fingerprint.CoarseTolerance
)

// agrees returns how far an embedding is from the stored one, and an error where
// that is too far: what is explained would not be what is stored.
func (s stretch) agrees(vector []float32, rt inference.Runtime) (float64, error) {
	stored := s.Result.Vector
	if len(vector) != len(stored) {
		return 0, fmt.Errorf("the engine gave %d features, %d are stored", len(vector), len(stored))
	}
	most := 0.0
	for i, v := range vector {
		most = max(most, math.Abs(float64(v)-float64(stored[i])))
	}
	tolerance := otherTolerance
	if s.Result.Precision == Float32 && rt.Precision == Float32 {
		tolerance = sameTolerance
	}
	if !(most <= tolerance) {
		return most, fmt.Errorf("its embedding, computed again, differs from the stored one by %.3g (at most %g may be): the recording, the program or the device changed since; run PAT again, and see 'pat health'", most, tolerance)
	}
	return most, nil
}
