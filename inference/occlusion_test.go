package inference_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"reflect"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

// summing is an engine whose embedding is easy to compute by hand: feature 0 is
// the sum of the minutes, feature 1 is 3, the others 0.
type summing struct{ answering }

func (summing) Embed(ctx context.Context, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) error {
	for w, err := range weeks {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		v := make([]float32, models.Dim)
		for _, x := range w.Values {
			v[0] += x
		}
		v[1] = 3
		if err := emit(inference.Embedding{Key: w.Key, Vector: v}); err != nil {
			return err
		}
	}
	return nil
}

func TestHoursCoverTheMinutes(t *testing.T) {
	for minutes, want := range map[int][]inference.Span{
		0:   nil,
		59:  {{0, 59}},
		60:  {{0, 60}},
		126: {{0, 60}, {60, 120}, {120, 126}},
	} {
		if got := inference.Hours(minutes); !reflect.DeepEqual(got, want) {
			t.Errorf("%d minutes: got %v, want %v", minutes, got, want)
		}
	}
	if got := len(inference.Hours(models.WeekMinutes)); got != 168 {
		t.Errorf("a week has %d hours, want 168", got)
	}
}

// The sums are 4, 0, 4 and 3 with nothing, hour 1, 2 and 3 masked: the embeddings
// (4, 3), (0, 3), (4, 3) and (3, 3).
func TestOcclusionByHand(t *testing.T) {
	values := make([]float32, 126)
	values[7], values[59] = 1, 3
	values[125] = 1
	values[30] = -1
	var heard [][2]int
	shifts, whole, err := inference.Occlude(t.Context(), summing{}, inference.Week{Key: "w", Values: values}, func(done, total int) {
		heard = append(heard, [2]int{done, total})
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []inference.Shift{
		{Span: inference.Span{From: 0, To: 60}, Cosine: 1 - (4*1+3*3)/(5*math.Sqrt(10)), Euclidean: 3},
		{Span: inference.Span{From: 60, To: 120}},
		{Span: inference.Span{From: 120, To: 126}, Cosine: 1 - (4*3+3*3)/(5*math.Sqrt(18)), Euclidean: 1},
	}
	if len(shifts) != len(want) {
		t.Fatalf("got %d shifts, want %d", len(shifts), len(want))
	}
	for i, got := range shifts {
		if got.Span != want[i].Span || math.Abs(got.Cosine-want[i].Cosine) > 1e-12 || math.Abs(got.Euclidean-want[i].Euclidean) > 1e-12 {
			t.Errorf("hour %d: got %+v, want %+v", i+1, got, want[i])
		}
	}
	if whole.Key != "w" || whole.Vector[0] != 4 {
		t.Errorf("the unmasked embedding: got key %q and %v, want w and 4", whole.Key, whole.Vector[0])
	}
	if want := [][2]int{{1, 4}, {2, 4}, {3, 4}, {4, 4}}; !reflect.DeepEqual(heard, want) {
		t.Errorf("progress: got %v, want %v", heard, want)
	}
	if values[7] != 1 || values[125] != 1 {
		t.Error("the caller's minutes were changed")
	}
}

func TestOcclusionStopsAndRefuses(t *testing.T) {
	week := inference.Week{Key: "w", Values: make([]float32, 180)}
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := inference.Occlude(ctx, summing{}, week, func(done, _ int) {
		if done == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	for name, tc := range map[string]struct {
		engine inference.Engine
		want   string
	}{
		"zeros": {answering{make([]float32, models.Dim)}, "minutes 0 to 60 masked: an embedding of zeros"},
		"short": {answering{[]float32{1, 2}}, "2 and 2 features"},
	} {
		if _, _, err := inference.Occlude(t.Context(), tc.engine, week, nil); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want it to say %q", name, err, tc.want)
		}
	}
}
