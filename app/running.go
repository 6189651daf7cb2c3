package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/prepare"
	"circascope/inference"
	"circascope/inference/latency"
	"circascope/models"
)

// RunOptions choose what a run embeds and how.
type RunOptions struct {
	Models     []models.Size
	Recordings Selection
	Prepare    prepare.Options
	Scaler     ScalerChoice
	AllowDemo  bool   // use the demo weights; an explicit choice of the user
	Workers    int    // 0: one a core
	Precision  string // "" or float32, or bfloat16 where the processor has it
}

// RunReport says what a run did.
type RunReport struct {
	Done     int             `json:"done"`    // weeks embedded and stored
	Skipped  int             `json:"skipped"` // weeks whose result was there already
	Failed   int             `json:"failed"`  // stretches and recordings that gave no week
	Scaler   string          `json:"scaler"`  // name
	ScalerID string          `json:"scaler_id"`
	Demo     bool            `json:"demo"`
	Seconds  float64         `json:"seconds"`
	Models   []ModelRun      `json:"models"`
	Problems []RunProblem    `json:"problems"`
	Notes    []string        `json:"notes"`
	Options  prepare.Options `json:"preparation"`
}

// ModelRun is the part of a run done by one model.
type ModelRun struct {
	Model     models.Size `json:"model"`
	Weights   string      `json:"weights_sha256"`
	Done      int         `json:"done"`
	Skipped   int         `json:"skipped"`
	Seconds   float64     `json:"seconds"`
	PeakRSS   float64     `json:"peak_rss_mb"` // of the program while this model ran; 0 where unknown
	Precision string      `json:"precision"`
	Device    string      `json:"device"`
}

// Ran reports whether a model of the run computed under that key.
func (r RunReport) Ran(k latency.Key) bool {
	return slices.ContainsFunc(r.Models, func(m ModelRun) bool {
		return m.Model == k.Model && m.Precision == k.Precision && m.Device == k.DeviceKind
	})
}

// RunProblem says why a recording, or a stretch of it, gave no week.
type RunProblem struct {
	Recording string `json:"recording"`
	Subject   string `json:"subject"`
	Start     string `json:"start,omitempty"`
	Reason    string `json:"reason"`
}

// Summary returns the counts in words.
func (r RunReport) Summary() string {
	return fmt.Sprintf("%d weeks embedded, %d already there, %d left out", r.Done, r.Skipped, r.Failed)
}

// Run embeds the weeks of recordings and stores each result, with its
// provenance, as it comes: what is stored when the run is cancelled stays. A
// result that is there already is skipped.
func (wb *Workbench) Run(ctx context.Context, o RunOptions, progress Progress) (RunReport, error) {
	lib, err := wb.Library()
	if err != nil {
		return RunReport{}, err
	}
	var report RunReport
	err = wb.jobs.Do(ctx, runName(o.Models), func(ctx context.Context, job Progress) (string, error) {
		report, err = wb.run(ctx, lib, o, both(job, progress))
		return report.Summary(), err
	})
	return report, err
}

func runName(sizes []models.Size) string {
	name := "Run PAT"
	for i, s := range sizes {
		sep := ", "
		if i == 0 {
			sep = "-"
		}
		name += sep + string(s)
	}
	return name
}

func (wb *Workbench) run(ctx context.Context, lib Library, o RunOptions, progress Progress) (RunReport, error) {
	started := time.Now()
	if len(o.Models) == 0 {
		return RunReport{}, errors.New("no model size was chosen; choose S, M or L")
	}
	if err := o.Prepare.Validate(); err != nil {
		return RunReport{}, err
	}
	// Weights first: a file that can't be trusted stops everything at once.
	weights, err := wb.loadWeights(ctx, o.Models, o.AllowDemo)
	if err != nil {
		return RunReport{}, err
	}
	infos, err := chosen(ctx, lib, o.Recordings)
	if err != nil {
		return RunReport{}, err
	}
	scaler, notes, err := wb.chooseScaler(ctx, lib, infos, o)
	if err != nil {
		return RunReport{}, err
	}
	report := RunReport{Scaler: scaler.Name, ScalerID: scaler.ID, Models: []ModelRun{}, Problems: []RunProblem{}, Notes: notes, Options: o.Prepare}
	cost, steps := stepsOf(weights, len(infos))
	step := int64(0)
	for i, w := range weights {
		r := &modelRun{
			wb: wb, lib: lib, infos: infos, options: o.Prepare, scaler: scaler, weights: w,
			preparation: o.Prepare.Canonical(), report: &report, first: i == 0, step: step, cost: cost[i], steps: steps, progress: progress,
		}
		step += cost[i] * int64(len(infos))
		report.Demo = report.Demo || w.State == models.Demo
		resetPeakRSS()
		if err := wb.engines.with(ctx, w, inference.Options{Workers: o.Workers, Profiles: true, Precision: o.Precision}, func(e inference.Engine) error { return r.run(ctx, e) }); err != nil {
			report.Seconds = time.Since(started).Seconds()
			return report, err
		}
	}
	report.Seconds = time.Since(started).Seconds()
	return report, nil
}

// stepsOf returns how many steps of the progress a recording is for each model,
// by the work a week takes, and how many there are: counted alike, the time left
// would be far too short before PAT-L's turn. The cheapest model takes one.
func stepsOf(weights []*models.Weights, recordings int) (cost []int64, total int64) {
	work := make([]int64, len(weights))
	for i, w := range weights {
		work[i] = w.Spec.Operations(models.WeekMinutes / w.Spec.Patch)
	}
	least := slices.Min(work)
	for _, n := range work {
		steps := (n + least/2) / least
		cost = append(cost, steps)
		total += steps * int64(recordings)
	}
	return cost, total
}

func (wb *Workbench) loadWeights(ctx context.Context, sizes []models.Size, allowDemo bool) ([]*models.Weights, error) {
	weights := make([]*models.Weights, len(sizes))
	for i, size := range sizes {
		w, _, err := wb.cfg.Catalogue.Load(ctx, size, allowDemo)
		if err != nil {
			return nil, err
		}
		weights[i] = w
	}
	return weights, nil
}

// modelRun is one model over the chosen recordings.
type modelRun struct {
	wb          *Workbench
	lib         Library
	infos       []actigraphy.Info
	options     prepare.Options
	scaler      prepare.Scaler
	weights     *models.Weights
	preparation string
	report      *RunReport
	pending     sync.Map // result id -> inference.Result, between the week's going out and coming back
	first       bool     // problems are the same for every model: counted once
	step, steps int64    // of the progress: where this model begins, and all
	cost        int64    // steps a recording
	progress    Progress
}

func (r *modelRun) run(ctx context.Context, e inference.Engine) error {
	rt := e.Runtime()
	mine := ModelRun{Model: r.weights.Spec.Size, Weights: r.weights.SHA256, Precision: rt.Precision, Device: rt.Device.Kind}
	started := time.Now()
	err := e.Embed(ctx, r.weeks(ctx, rt, &mine), func(emb inference.Embedding) error {
		waiting, ok := r.pending.LoadAndDelete(emb.Key)
		if !ok {
			return fmt.Errorf("the engine gave back a week it was not given: %s", emb.Key)
		}
		result := waiting.(inference.Result)
		result.Vector, result.Profile, result.Score, result.Seconds = emb.Vector, emb.Profile, emb.Score, emb.Elapsed.Seconds()
		result.ComputedAt = r.wb.cfg.Now().UTC().Format(time.RFC3339)
		if err := r.lib.SaveResult(ctx, result); err != nil {
			return err
		}
		mine.Done++
		r.report.Done++
		return nil
	})
	mine.Seconds, mine.PeakRSS = time.Since(started).Seconds(), peakRSS()
	r.report.Models = append(r.report.Models, mine)
	r.wb.notify(ResultsChanged)
	if err != nil {
		return fmt.Errorf("running %s: %w", r.weights.Spec.Name(), err)
	}
	if mine.Skipped <= mine.Done { // else its time is that of passing over what is there
		r.wb.rememberSpeed(Speed{
			Model: mine.Model, Precision: mine.Precision, DeviceKind: mine.Device, Workers: rt.Workers,
			Weeks: mine.Done, Seconds: mine.Seconds, PeakRSS: mine.PeakRSS, Source: SpeedOfRun,
		})
	}
	return nil
}

// weeks yields the standardised weeks that have no result yet, one recording in
// memory at a time.
func (r *modelRun) weeks(ctx context.Context, rt inference.Runtime, mine *ModelRun) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) {
		for i, info := range r.infos {
			r.progress(r.step+r.cost*int64(i), r.steps, fmt.Sprintf("%s: %s (%d of %d)", r.weights.Spec.Name(), info.Subject, i+1, len(r.infos)))
			weeks, err := r.recordingWeeks(ctx, info, rt, mine)
			if err != nil {
				yield(inference.Week{}, err)
				return
			}
			for _, w := range weeks {
				if !yield(w, nil) {
					return
				}
			}
		}
		r.progress(r.step+r.cost*int64(len(r.infos)), r.steps, "")
	}
}

// recordingWeeks prepares one recording. What gives no week is a problem in the
// report; an error is one of the library.
func (r *modelRun) recordingWeeks(ctx context.Context, info actigraphy.Info, rt inference.Runtime, mine *ModelRun) ([]inference.Week, error) {
	rec, mask, err := wornIn(ctx, r.lib, info.ID, asNamed)
	if contradicts(err) {
		r.problem(info, "", err.Error())
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the recording of %s: %w", info.Subject, err)
	}
	weeks, skipped, _, err := prepare.Weeks(rec.Recording, r.options)
	if err != nil {
		r.problem(info, "", err.Error())
		return nil, nil
	}
	for _, s := range skipped {
		r.problem(info, s.Start.String(), s.Reason)
	}
	results := make([]inference.Result, len(weeks))
	ids := make([]string, len(weeks))
	clock := rec.clock(r.options.Clock)
	for i, w := range weeks {
		results[i] = r.result(info, mask, w, rt, rec.weekStart(w, clock), clock)
		ids[i] = results[i].ID
	}
	there, err := r.lib.HasResults(ctx, ids, r.weights.Head != nil)
	if err != nil {
		return nil, fmt.Errorf("looking up the embeddings of %s: %w", info.Subject, err)
	}
	var out []inference.Week
	for i, w := range weeks {
		if there[ids[i]] {
			mine.Skipped++
			r.report.Skipped++
			continue
		}
		values, err := r.scaler.Apply(w)
		if err != nil {
			r.problem(info, w.Start.String(), err.Error())
			continue
		}
		r.pending.Store(ids[i], results[i])
		out = append(out, inference.Week{Key: ids[i], Values: values})
	}
	return out, nil
}

func (r *modelRun) problem(info actigraphy.Info, start, reason string) {
	if !r.first {
		return
	}
	r.report.Failed++
	r.report.Problems = append(r.report.Problems, RunProblem{info.ID, info.Subject, start, reason})
}

func (r *modelRun) result(info actigraphy.Info, mask string, w prepare.Week, rt inference.Runtime, start, clock string) inference.Result {
	result := inference.Result{
		Provenance: inference.Provenance{
			Recording: info.ID, RecordingSHA: info.Source.SHA256, Subject: info.Subject,
			WeekStart: start, Minutes: len(w.Values), Preparation: r.preparation, Clock: clock,
			ScalerID: r.scaler.ID, ScalerName: r.scaler.Name,
			Model: r.weights.Spec.Size, WeightsSHA: r.weights.SHA256, WeightsState: r.weights.State,
			Engine: rt.Engine, EngineVersion: rt.Version, Precision: rt.Precision, DeviceKind: rt.Device.Kind,
			Mask: mask,
		},
		Filled: w.Filled, ProgramVersion: r.wb.cfg.Version, DeviceName: rt.Device.Name,
	}
	result.ID = result.Provenance.ID()
	return result
}
