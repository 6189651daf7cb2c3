package fingerprint

import (
	"context"
	"errors"
	"fmt"
	"time"

	"circascope/inference"
	"circascope/models"
)

// Keeper keeps fingerprints and how the last checks went. *models.Catalogue
// satisfies it.
type Keeper interface {
	Fingerprint(k models.FingerprintKey, into any) (bool, error)
	SaveFingerprint(k models.FingerprintKey, value any) error
	LastCheck(k models.FingerprintKey) (models.Check, bool, error)
	SaveCheck(k models.FingerprintKey, check models.Check) error
}

// Checker takes fingerprints and compares with them.
type Checker struct {
	Keep    Keeper
	Program string // version of the program
	Now     func() time.Time
}

// Take embeds all fixed inputs and keeps the answers as the fingerprint of w, in
// place of any there was. purpose is why: "approval" or "first use".
func (c Checker) Take(ctx context.Context, e inference.Engine, w *models.Weights, purpose string) (models.Check, error) {
	answers, err := answer(ctx, e, Inputs())
	if err != nil {
		return models.Check{}, err
	}
	f := Fingerprint{Model: w.Spec.Size, WeightsSHA: w.SHA256, Origin: c.origin(e, purpose), Answers: answers}
	return c.keep(f)
}

// Start is the check before the first use of a loaded model: one short input.
// Approved weights that have no fingerprint for this way of computing are given
// one now; others without one are not checked, and the Check is empty. It writes
// nothing where all is as it was.
func (c Checker) Start(ctx context.Context, e inference.Engine, w *models.Weights) (models.Check, error) {
	f, ok, err := c.load(e, w)
	switch {
	case err != nil:
		return models.Check{}, err
	case ok:
		return c.compare(ctx, e, f, Inputs()[:1])
	case w.State == models.Approved:
		return c.Take(ctx, e, w, "first use")
	}
	return models.Check{}, nil
}

// Full checks all fixed inputs. Where there is no fingerprint it takes one.
func (c Checker) Full(ctx context.Context, e inference.Engine, w *models.Weights) (models.Check, error) {
	f, ok, err := c.load(e, w)
	switch {
	case err != nil:
		return models.Check{}, err
	case !ok:
		return c.Take(ctx, e, w, "first use")
	}
	return c.compare(ctx, e, f, Inputs())
}

// Accept takes the answers of now as the fingerprint, and notes which one they
// replace. It is refused where nothing changed that may explain a difference: a
// fault is not accepted.
func (c Checker) Accept(ctx context.Context, e inference.Engine, w *models.Weights) (models.Check, error) {
	f, ok, err := c.load(e, w)
	if err == nil && !ok {
		err = fmt.Errorf("PAT-%s has no fingerprint for %s in %s on the %s yet: there is nothing to accept", w.Spec.Size, engineName(e.Runtime().Engine), e.Runtime().Precision, e.Runtime().Device.Kind)
	}
	if err != nil {
		return models.Check{}, err
	}
	answers, err := answer(ctx, e, Inputs())
	if err != nil {
		return models.Check{}, err
	}
	most, err := f.furthest(answers)
	if err != nil {
		return models.Check{}, err
	}
	now := c.origin(e, "accepted")
	if len(changes(f.Origin, now)) == 0 {
		if most.size() <= tolerance(f.Origin, now) {
			return models.Check{}, fmt.Errorf("PAT-%s answers as its fingerprint, on the same engine and device: there is nothing to accept", w.Spec.Size)
		}
		return models.Check{}, fmt.Errorf("not accepted: %w", c.mismatch(f, now, most))
	}
	accepted := Fingerprint{
		Model: f.Model, WeightsSHA: f.WeightsSHA, Origin: now, Answers: answers,
		Before: append(f.Before, Accepted{f.Origin, most.size()}),
	}
	return c.keep(accepted)
}

func (c Checker) load(e inference.Engine, w *models.Weights) (f Fingerprint, ok bool, err error) {
	ok, err = c.Keep.Fingerprint(key(e, w), &f)
	return f, ok, err
}

// keep saves a new fingerprint and, as the last check, that it was taken.
func (c Checker) keep(f Fingerprint) (models.Check, error) {
	check := c.check(f.Origin, f.Origin, len(f.Answers))
	check.Fresh = true
	k := keyOf(f.WeightsSHA, f.Origin)
	return check, errors.Join(c.Keep.SaveFingerprint(k, f), c.Keep.SaveCheck(k, check))
}

// compare embeds inputs, compares the answers, and notes how that went. Of a short
// check that passes only the end of a problem is news.
func (c Checker) compare(ctx context.Context, e inference.Engine, f Fingerprint, inputs []Input) (models.Check, error) {
	now := c.origin(e, "")
	check := c.check(f.Origin, now, len(inputs))
	problem := c.differ(ctx, e, f, now, inputs, &check)
	if problem != nil && ctx.Err() != nil {
		return check, problem // stopped, not failed
	}
	k := keyOf(f.WeightsSHA, f.Origin)
	if problem != nil {
		check.Problem = problem.Error()
	} else if len(inputs) < len(f.Answers) {
		last, ok, err := c.Keep.LastCheck(k)
		if err == nil && ok && last.Problem == "" {
			return check, nil
		}
	}
	return check, errors.Join(problem, c.Keep.SaveCheck(k, check))
}

func (c Checker) differ(ctx context.Context, e inference.Engine, f Fingerprint, now Origin, inputs []Input, check *models.Check) error {
	answers, err := answer(ctx, e, inputs)
	if err != nil {
		return err
	}
	most, err := f.furthest(answers)
	if err != nil {
		return err
	}
	check.Difference = most.size()
	if check.Difference <= check.Tolerance {
		return nil
	}
	return c.mismatch(f, now, most)
}

func (c Checker) mismatch(f Fingerprint, now Origin, most distance) error {
	return &MismatchError{
		Model: f.Model, Input: most.input, What: most.what, Was: most.was, Now: most.now,
		Difference: most.size(), Tolerance: tolerance(f.Origin, now), Changes: changes(f.Origin, now),
		Hint: fmt.Sprintf("'pat health --model %s --accept', or Accept on the Models page", f.Model),
	}
}

func (c Checker) check(then, now Origin, inputs int) models.Check {
	return models.Check{
		Engine: now.Engine, EngineVersion: now.EngineVersion, Precision: now.Precision, DeviceKind: now.DeviceKind, DeviceName: now.DeviceName,
		TakenAt: then.TakenAt, TakenFor: then.TakenFor, CheckedAt: c.stamp(), Inputs: inputs, Tolerance: tolerance(then, now),
	}
}

func (c Checker) origin(e inference.Engine, purpose string) Origin {
	rt := e.Runtime()
	return Origin{
		Engine: rt.Engine, EngineVersion: rt.Version, Precision: rt.Precision, DeviceKind: rt.Device.Kind, DeviceName: rt.Device.Name,
		Program: c.Program, TakenAt: c.stamp(), TakenFor: purpose,
	}
}

func (c Checker) stamp() string { return c.Now().UTC().Format(time.RFC3339) }

func key(e inference.Engine, w *models.Weights) models.FingerprintKey {
	rt := e.Runtime()
	return models.FingerprintKey{WeightsSHA: w.SHA256, Engine: rt.Engine, Precision: rt.Precision, DeviceKind: rt.Device.Kind}
}

func keyOf(sha256 string, o Origin) models.FingerprintKey {
	return models.FingerprintKey{WeightsSHA: sha256, Engine: o.Engine, Precision: o.Precision, DeviceKind: o.DeviceKind}
}
