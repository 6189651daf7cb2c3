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
		return c.compare(ctx, e, w, f, Inputs()[:1])
	case w.State == models.Approved:
		return c.first(ctx, e, w)
	}
	return models.Check{}, nil
}

// first takes a fingerprint at the first use of a way of computing, provided that
// the answers are near those of float32 on the CPU, where these are known: a device
// that is broken from the start is not taken at its word.
func (c Checker) first(ctx context.Context, e inference.Engine, w *models.Weights) (models.Check, error) {
	now, base := c.origin(e, "first use"), key(e, w)
	base.Precision, base.DeviceKind = "float32", "CPU"
	var known Fingerprint
	ok, err := c.Keep.Fingerprint(base, &known)
	if err != nil {
		return models.Check{}, err
	}
	answers, err := answer(ctx, e, Inputs())
	if err != nil {
		return models.Check{}, err
	}
	if ok {
		if err := known.near(answers, now); err != nil {
			return models.Check{}, err
		}
	}
	return c.keep(Fingerprint{Model: w.Spec.Size, WeightsSHA: w.SHA256, Origin: now, Answers: answers})
}

// near returns an error where answers computed in another way are further from
// those of f, float32 on the CPU, than that way explains.
func (f Fingerprint) near(answers []Answer, now Origin) error {
	most, err := f.furthest(answers)
	if err != nil {
		return err
	}
	limit := Float32Tolerance
	if now.Precision != "float32" {
		limit = CoarseTolerance
	}
	if most.size() <= limit {
		return nil
	}
	return fmt.Errorf("in %s on the %s (%s) %s of %s is %v, and %v in float32 on the CPU (at most %.2g apart may be): the device is broken; compute on the CPU in float32",
		now.Precision, now.DeviceKind, now.DeviceName, most.what, most.input, most.now, most.was, limit)
}

// Full checks all fixed inputs. Where there is no fingerprint it takes one.
func (c Checker) Full(ctx context.Context, e inference.Engine, w *models.Weights) (models.Check, error) {
	f, ok, err := c.load(e, w)
	switch {
	case err != nil:
		return models.Check{}, err
	case !ok:
		return c.first(ctx, e, w)
	}
	return c.compare(ctx, e, w, f, Inputs())
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
		return models.Check{}, fmt.Errorf("not accepted: %w", c.mismatch(f, w, now, most))
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

// compare embeds inputs, compares the answers, and notes how that went. A short
// check that passes is not noted, and after a problem all inputs are checked.
func (c Checker) compare(ctx context.Context, e inference.Engine, w *models.Weights, f Fingerprint, inputs []Input) (models.Check, error) {
	now := c.origin(e, "")
	check := c.check(f.Origin, now, len(inputs))
	problem := c.differ(ctx, e, w, f, now, inputs, &check)
	if problem != nil && ctx.Err() != nil {
		return check, problem // stopped, not failed
	}
	k := keyOf(f.WeightsSHA, f.Origin)
	if problem != nil {
		check.Problem = problem.Error()
	} else if len(inputs) < len(Inputs()) {
		last, ok, err := c.Keep.LastCheck(k)
		switch {
		case err == nil && ok && last.Problem == "":
			return check, nil
		case err == nil && ok: // a problem ends only where every input answers as before
			return c.compare(ctx, e, w, f, Inputs())
		}
	}
	return check, errors.Join(problem, c.Keep.SaveCheck(k, check))
}

func (c Checker) differ(ctx context.Context, e inference.Engine, w *models.Weights, f Fingerprint, now Origin, inputs []Input, check *models.Check) error {
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
	return c.mismatch(f, w, now, most)
}

func (c Checker) mismatch(f Fingerprint, w *models.Weights, now Origin, most distance) error {
	accept := fmt.Sprintf("pat health --model %s --accept", f.Model)
	if w.State == models.Demo {
		accept += " --demo"
	}
	return &MismatchError{
		Model: f.Model, Input: most.input, What: most.what, Was: most.was, Now: most.now,
		Difference: most.size(), Tolerance: tolerance(f.Origin, now), Changes: changes(f.Origin, now),
		Hint: "'" + accept + "', or Accept on the Models page",
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
