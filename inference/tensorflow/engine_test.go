package tensorflow

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

func TestManyLengthsKeepFewGraphs(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Workers: 1})
	var weeks []inference.Week
	for i := range 3 * cachedLengths {
		weeks = append(weeks, inference.Week{Key: fmt.Sprint(i), Values: make([]float32, 18*(i+1))})
	}
	n := 0
	if err := e.Embed(context.Background(), sequence(weeks), func(inference.Embedding) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	if len(e.graphs.kept) != cachedLengths || n != len(weeks) {
		t.Errorf("%d graphs are kept after %d lengths, want %d after %d", len(e.graphs.kept), n, cachedLengths, len(weeks))
	}
}

func TestBadWeeksAreRefusedByKey(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Workers: 2})
	good := make([]float32, models.WeekMinutes)
	with := func(minute int, v float64) []float32 {
		bad := slices.Clone(good)
		bad[minute] = float32(v)
		return bad
	}
	for _, tc := range []struct {
		name   string
		values []float32
		want   string
	}{
		{"NaN", with(99, math.NaN()), "minute 100 is NaN"},
		{"infinite", with(0, math.Inf(-1)), "minute 1 is -Inf"},
		{"length", good[:1000], "divisible by 18 minutes, not 1000"},
		{"empty", nil, "divisible by 18 minutes, not 0"},
		{"too large", with(5, 3e38), "too large for float32"},
	} {
		weeks := []inference.Week{{Key: "before", Values: good}, {Key: "person 7", Values: tc.values}, {Key: "after", Values: good}}
		var seen []string
		err := e.Embed(context.Background(), sequence(weeks), func(emb inference.Embedding) error {
			seen = append(seen, emb.Key)
			return nil
		})
		if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "person 7") {
			t.Errorf("%s: got %v, want it to name person 7 and %q", tc.name, err, tc.want)
		}
		if want := []string{"before"}; !slices.Equal(seen, want) {
			t.Errorf("%s: emitted %v, want %v", tc.name, seen, want)
		}
	}
}

func TestEmbedStopsWhereItShould(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Workers: 2})
	broken := errors.New("broken")
	endless := func(yield func(inference.Week, error) bool) {
		for i := 0; yield(inference.Week{Key: fmt.Sprint(i), Values: make([]float32, 1440)}, nil); i++ {
		}
	}

	t.Run("by cancelling", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		n := 0
		err := e.Embed(ctx, endless, func(inference.Embedding) error {
			if n++; n == 3 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || n != 3 {
			t.Errorf("got %v after %d embeddings, want cancelled after 3", err, n)
		}
	})
	t.Run("before it starts", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		err := e.Embed(ctx, endless, func(inference.Embedding) error { t.Error("emitted"); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want cancelled", err)
		}
	})
	t.Run("by an error of emit", func(t *testing.T) {
		err := e.Embed(context.Background(), endless, func(inference.Embedding) error { return broken })
		if !errors.Is(err, broken) {
			t.Errorf("got %v, want the error of emit", err)
		}
	})
	t.Run("by an error of the weeks", func(t *testing.T) {
		n := 0
		err := e.Embed(context.Background(), func(yield func(inference.Week, error) bool) {
			for i, week := range numbered(5) {
				if i == 3 {
					yield(inference.Week{}, broken)
					return
				}
				if !yield(week, nil) {
					return
				}
			}
		}, func(inference.Embedding) error { n++; return nil })
		if !errors.Is(err, broken) || n != 3 {
			t.Errorf("got %v after %d embeddings, want the error of the weeks after 3", err, n)
		}
	})
	t.Run("with nothing to do", func(t *testing.T) {
		if err := e.Embed(context.Background(), sequence(nil), func(inference.Embedding) error { return broken }); err != nil {
			t.Error(err)
		}
	})
}

func TestClosedEngineSaysSo(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e, err := Open(context.Background(), w, inference.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Embed(context.Background(), sequence(numbered(1)), func(inference.Embedding) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	err = e.Embed(context.Background(), sequence(numbered(1)), func(inference.Embedding) error { return nil })
	if !errors.Is(err, errClosed) {
		t.Errorf("got %v, want %v", err, errClosed)
	}
}

func TestOpenRefuses(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	short := *w
	short.PatchBias = short.PatchBias[:95]
	broken := *w
	broken.PatchBias = slices.Clone(w.PatchBias)
	broken.PatchBias[0] = float32(math.NaN())
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, tc := range []struct {
		name string
		ctx  context.Context
		w    *models.Weights
		o    inference.Options
		want string
	}{
		{"short weights", context.Background(), &short, inference.Options{}, "dense/bias"},
		{"NaN in weights", context.Background(), &broken, inference.Options{}, "NaN"},
		{"device", context.Background(), w, inference.Options{Device: "TPU"}, `"TPU" is unknown`},
		{"cancelled", cancelled, w, inference.Options{}, "canceled"},
	} {
		if e, err := Open(tc.ctx, tc.w, tc.o); err == nil || e != nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

func TestEngineSaysWhatItIs(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	e := openGraph(t, w, "folded", inference.Options{Device: "CPU", Workers: 2})
	rt := e.Runtime()
	if rt.Engine != "tensorflow" || rt.Version != Version() || rt.Precision != "float32" || rt.Device.Kind != "CPU" || rt.Device.Name == "" || rt.Device.Note != "" {
		t.Errorf("got %+v", rt)
	}
	if e.Spec() != w.Spec {
		t.Errorf("got %+v, want %+v", e.Spec(), w.Spec)
	}
}

// numbered returns n weeks of a day of zeros, called "0", "1" and so on.
func numbered(n int) []inference.Week {
	weeks := make([]inference.Week, n)
	for i := range weeks {
		weeks[i] = inference.Week{Key: fmt.Sprint(i), Values: make([]float32, 1440)}
	}
	return weeks
}

func sequence(weeks []inference.Week) iter.Seq2[inference.Week, error] {
	return func(yield func(inference.Week, error) bool) {
		for _, w := range weeks {
			if !yield(w, nil) {
				return
			}
		}
	}
}

func keysOf(weeks []inference.Week) []string {
	keys := make([]string, len(weeks))
	for i, w := range weeks {
		keys[i] = w.Key
	}
	return keys
}
