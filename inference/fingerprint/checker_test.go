package fingerprint_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"math"
	"strings"
	"testing"
	"time"

	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/models"
)

// engine answers every input with its mean, another one in each feature, and what
// a test changes.
type engine struct {
	runtime inference.Runtime
	length  int // of the inputs whose answers are changed; 0: all
	change  func(*inference.Embedding)
}

func (e engine) Spec() models.Spec          { return models.Spec{} }
func (e engine) Runtime() inference.Runtime { return e.runtime }
func (e engine) Close() error               { return nil }

func (e engine) Embed(_ context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	for w, err := range weeks {
		if err != nil {
			return err
		}
		emb := inference.Embedding{Key: w.Key, Vector: make([]float32, models.Dim), Score: &inference.Score{Name: "s", Value: 0.25}}
		for i := range emb.Vector {
			emb.Vector[i] = w.Values[i] + float32(i)/10
		}
		if e.length == 0 || e.length == len(w.Values) {
			e.change(&emb)
		}
		if err := emit(emb); err != nil {
			return err
		}
	}
	return nil
}

// on returns a sound engine on TensorFlow 2.21.0 and a processor, after changes.
func on(changes ...func(*engine)) engine {
	e := engine{
		runtime: inference.Runtime{Engine: "tensorflow", Version: "2.21.0", Precision: "float32", Device: inference.Device{Kind: "CPU", Name: "Processor A"}},
		change:  func(*inference.Embedding) {},
	}
	for _, c := range changes {
		c(&e)
	}
	return e
}

func feature(i int, by float32) func(*engine) {
	return func(e *engine) { e.change = func(emb *inference.Embedding) { emb.Vector[i] += by } }
}

func version(v string) func(*engine)   { return func(e *engine) { e.runtime.Version = v } }
func processor(n string) func(*engine) { return func(e *engine) { e.runtime.Device.Name = n } }
func precision(p string) func(*engine) { return func(e *engine) { e.runtime.Precision = p } }

// memory keeps fingerprints as the catalogue does, in JSON.
type memory struct {
	fingerprints map[models.FingerprintKey][]byte
	checks       map[models.FingerprintKey]models.Check
	writes       int
}

func newMemory() *memory {
	return &memory{fingerprints: map[models.FingerprintKey][]byte{}, checks: map[models.FingerprintKey]models.Check{}}
}

func (m *memory) Fingerprint(k models.FingerprintKey, into any) (bool, error) {
	content, ok := m.fingerprints[k]
	if !ok {
		return false, nil
	}
	return true, json.Unmarshal(content, into)
}

func (m *memory) SaveFingerprint(k models.FingerprintKey, value any) (err error) {
	m.writes++
	m.fingerprints[k], err = json.Marshal(value)
	return err
}

func (m *memory) LastCheck(k models.FingerprintKey) (models.Check, bool, error) {
	check, ok := m.checks[k]
	return check, ok, nil
}

func (m *memory) SaveCheck(k models.FingerprintKey, check models.Check) error {
	m.writes++
	m.checks[k] = check
	return nil
}

var weights = &models.Weights{Spec: models.Spec{Size: models.Small}, SHA256: "abc", State: models.Approved}

// checker returns one that works in a memory.
func checker(m *memory) fingerprint.Checker {
	return fingerprint.Checker{Keep: m, Program: "1.0", Now: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }}
}

// taken returns a memory with the fingerprint of on().
func taken(t *testing.T) *memory {
	t.Helper()
	m := newMemory()
	if check, err := checker(m).Take(t.Context(), on(), weights, "approval"); err != nil || !check.Fresh || check.Inputs != 4 {
		t.Fatalf("taking: %+v, %v", check, err)
	}
	return m
}

func TestAnswersWithinTolerance(t *testing.T) {
	for _, tc := range []struct {
		name      string
		now       engine
		tolerance float64
	}{
		{"the same", on(), 5e-6},
		{"another setting", on(feature(5, 2e-6)), 5e-6},
		{"another processor", on(feature(5, 2e-5), processor("Processor B")), 5e-5},
		{"another version", on(feature(5, -2e-5), version("2.22.0")), 5e-5},
	} {
		m := taken(t)
		full, err := checker(m).Full(t.Context(), tc.now, weights)
		if err != nil || full.Tolerance != tc.tolerance || full.Difference > tc.tolerance || full.Inputs != 4 || full.Fresh {
			t.Errorf("%s: got %+v, %v; want the tolerance %g", tc.name, full, err, tc.tolerance)
		}
		before := m.writes
		if start, err := checker(m).Start(t.Context(), tc.now, weights); err != nil || start.Inputs != 1 || m.writes != before {
			t.Errorf("%s: a start gave %+v, %v and %d writes, want one input and none", tc.name, start, err, m.writes-before)
		}
	}
}

func TestWrongAnswersAreNamed(t *testing.T) {
	score := func(e *engine) { e.change = func(emb *inference.Embedding) { emb.Score.Value = 0.75 } }
	for _, tc := range []struct {
		name      string
		now       engine
		explained bool
		want      []string
	}{
		{"a flipped feature", on(feature(6, 1e-4)), false, []string{"feature 7 of one day", "the device or the memory is at fault"}},
		{"another score", on(score), false, []string{"the score of one day is 0.75 and was 0.25"}},
		{"a changed TensorFlow", on(feature(6, 1e-4), version("2.22.0")), true, []string{"TensorFlow 2.21.0 gave it, this is 2.22.0", "pat health --model S --accept"}},
		{"another processor", on(feature(0, 1), processor("Processor B")), true, []string{"computed on Processor A, this is Processor B"}},
	} {
		m := taken(t)
		check, err := checker(m).Start(t.Context(), tc.now, weights)
		var mismatch *fingerprint.MismatchError
		if !errors.As(err, &mismatch) || mismatch.Explained() != tc.explained {
			t.Errorf("%s: got %v", tc.name, err)
			continue
		}
		for _, want := range tc.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %q, want it to say %q", tc.name, err, want)
			}
		}
		if last, ok, _ := m.LastCheck(models.FingerprintKey{WeightsSHA: "abc", Engine: "tensorflow", Precision: "float32", DeviceKind: "CPU"}); !ok || last.Problem != check.Problem || check.Problem == "" {
			t.Errorf("%s: the failure was not noted: %+v", tc.name, last)
		}
		if _, err := checker(m).Start(t.Context(), on(), weights); err != nil {
			t.Errorf("%s, and then sound again: %v", tc.name, err)
		}
		for k, last := range m.checks {
			if last.Problem != "" {
				t.Errorf("%s, and then sound again: %v still says %q", tc.name, k, last.Problem)
			}
		}
	}
}

func TestUnsoundAnswers(t *testing.T) {
	set := func(v float64) func(*engine) {
		return func(e *engine) { e.change = func(emb *inference.Embedding) { emb.Vector[3] = float32(v) } }
	}
	short := func(e *engine) { e.change = func(emb *inference.Embedding) { emb.Vector = emb.Vector[1:] } }
	for _, tc := range []struct {
		now  engine
		want string
	}{
		{on(set(math.NaN())), "feature 4 of the embedding of one day is NaN"},
		{on(set(math.Inf(1))), "is +Inf"},
		{on(short), "has 95 features, want 96"},
	} {
		for name, check := range map[string]func(fingerprint.Checker) (models.Check, error){
			"start":  func(c fingerprint.Checker) (models.Check, error) { return c.Start(t.Context(), tc.now, weights) },
			"accept": func(c fingerprint.Checker) (models.Check, error) { return c.Accept(t.Context(), tc.now, weights) },
			"take": func(c fingerprint.Checker) (models.Check, error) {
				return c.Take(t.Context(), tc.now, weights, "approval")
			},
		} {
			m := taken(t)
			if _, err := check(checker(m)); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: got %v, want it to say %q", name, err, tc.want)
			}
			if _, err := checker(m).Full(t.Context(), on(), weights); err != nil {
				t.Errorf("%s spoiled the fingerprint: %v", name, err)
			}
		}
	}
}

func TestWithoutAFingerprint(t *testing.T) {
	named := &models.Weights{Spec: weights.Spec, SHA256: "def", State: models.New}
	m := newMemory()
	if check, err := checker(m).Start(t.Context(), on(), named); err != nil || check.Inputs != 0 || m.writes != 0 {
		t.Errorf("a file named once: got %+v, %v, %d writes; want no check", check, err, m.writes)
	}
	if check, err := checker(m).Start(t.Context(), on(), weights); err != nil || !check.Fresh || check.TakenFor != "first use" {
		t.Errorf("approved weights: got %+v, %v; want their fingerprint taken", check, err)
	}
	// Another precision has a fingerprint of its own.
	if check, err := checker(m).Start(t.Context(), on(precision("bfloat16"), feature(0, 1e-2)), weights); err != nil || !check.Fresh {
		t.Errorf("bfloat16: got %+v, %v", check, err)
	}
	if check, err := checker(m).Start(t.Context(), on(precision("bfloat16"), feature(0, 1.05e-2)), weights); err != nil || check.Tolerance != 1e-3 {
		t.Errorf("bfloat16 again: got %+v, %v; want 1e-3 allowed", check, err)
	}
}

// TestAFailedCheckIsNotForgotten wants what failed on all inputs to fail at the next
// start, although the short input answers as before.
func TestAFailedCheckIsNotForgotten(t *testing.T) {
	m := taken(t)
	week := len(fingerprint.Inputs()[1].Values)
	broken := on(func(e *engine) {
		e.length = week
		e.change = func(emb *inference.Embedding) { emb.Vector[3] += 1e-3 }
	})
	if _, err := checker(m).Start(t.Context(), broken, weights); err != nil {
		t.Errorf("the short input answers as before, and got %v", err)
	}
	var mismatch *fingerprint.MismatchError
	if _, err := checker(m).Full(t.Context(), broken, weights); !errors.As(err, &mismatch) {
		t.Errorf("all inputs: got %v, want a mismatch", err)
	}
	if _, err := checker(m).Start(t.Context(), broken, weights); !errors.As(err, &mismatch) {
		t.Errorf("the next start: got %v, want a mismatch", err)
	}
	if check, err := checker(m).Start(t.Context(), on(), weights); err != nil || check.Inputs != len(fingerprint.Inputs()) || check.Problem != "" {
		t.Errorf("mended: got %+v, %v; want all inputs passed", check, err)
	}
	if check, err := checker(m).Start(t.Context(), on(), weights); err != nil || check.Inputs != 1 {
		t.Errorf("the start after: got %+v, %v; want the short check", check, err)
	}
}

// TestADeviceThatIsBrokenFromTheStart is not taken at its word where the CPU's
// answers are known.
func TestADeviceThatIsBrokenFromTheStart(t *testing.T) {
	m := taken(t)
	gpu := func(e *engine) { e.runtime.Device = inference.Device{Kind: "GPU", Name: "Card"} }
	writes := m.writes
	for _, broken := range []engine{on(gpu, feature(2, 1e-3)), on(precision("bfloat16"), feature(2, 0.1))} {
		if _, err := checker(m).Start(t.Context(), broken, weights); err == nil || !strings.Contains(err.Error(), "the device is broken") {
			t.Errorf("%+v: got %v", broken.runtime, err)
		}
	}
	if m.writes != writes {
		t.Error("the answers of a broken device were kept")
	}
	if check, err := checker(m).Start(t.Context(), on(gpu, feature(2, 1e-6)), weights); err != nil || !check.Fresh {
		t.Errorf("a sound card: got %+v, %v", check, err)
	}
}

func TestAccepting(t *testing.T) {
	m := taken(t)
	upgraded := on(feature(6, 1e-3), version("2.22.0"))
	if _, err := checker(m).Accept(t.Context(), on(), weights); err == nil || !strings.Contains(err.Error(), "nothing to accept") {
		t.Errorf("with nothing changed: got %v", err)
	}
	if _, err := checker(m).Accept(t.Context(), on(feature(6, 1e-3)), weights); err == nil || !strings.Contains(err.Error(), "not accepted") {
		t.Errorf("a fault: got %v", err)
	}
	if check, err := checker(m).Accept(t.Context(), upgraded, weights); err != nil || check.TakenFor != "accepted" {
		t.Fatalf("an upgrade: got %+v, %v", check, err)
	}
	if check, err := checker(m).Start(t.Context(), upgraded, weights); err != nil || check.Difference != 0 {
		t.Errorf("after accepting: got %+v, %v", check, err)
	}
	var f fingerprint.Fingerprint
	for k := range m.fingerprints {
		if _, err := m.Fingerprint(k, &f); err != nil {
			t.Fatal(err)
		}
	}
	if len(f.Before) != 1 || f.Before[0].EngineVersion != "2.21.0" || f.Before[0].TakenFor != "approval" || math.Abs(f.Before[0].Difference-1e-3) > 1e-6 {
		t.Errorf("what was replaced is noted as %+v", f.Before)
	}
}
