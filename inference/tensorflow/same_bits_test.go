package tensorflow

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"circascope/inference"
	"circascope/models"
)

// TestSameBitsWhateverWorkersAndOrder runs recordings of four lengths, in several
// orders and by several numbers of workers, and wants the same bits.
func TestSameBitsWhateverWorkersAndOrder(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	for _, graph := range graphs {
		t.Run(graph, func(t *testing.T) {
			weeks := mixedLengths(t)
			first := make(map[string]inference.Embedding)
			for _, workers := range []int{1, 2, 3, 8} {
				e := openGraph(t, w, graph, inference.Options{Workers: workers, Profiles: true})
				if got := e.Runtime().Workers; got != workers {
					t.Fatalf("%d workers, want %d", got, workers)
				}
				for range 2 {
					got := collect(t, e, weeks)
					if keys, want := keysOf(weeks), emitted(got); !slices.Equal(keys, want) {
						t.Errorf("emitted %v, want the order of the weeks %v", want, keys)
					}
					sameBits(t, fmt.Sprintf("%d workers", workers), got, first)
					slices.Reverse(weeks)
				}
			}
		})
	}
}

// TestSameBitsForSeveralCallers has four callers at once embed recordings of
// several lengths with one engine, each from another place on.
func TestSameBitsForSeveralCallers(t *testing.T) {
	w := loadWeights(t, models.Small)[models.Small]
	weeks := mixedLengths(t)
	first := make(map[string]inference.Embedding)
	e := openGraph(t, w, "folded", inference.Options{Workers: 2, Profiles: true})
	sameBits(t, "alone", collect(t, e, weeks), first)
	results := make([][]inference.Embedding, 4)
	var group sync.WaitGroup
	for caller := range results {
		from := caller * len(weeks) / len(results)
		turned := slices.Concat(weeks[from:], weeks[:from])
		group.Go(func() { results[caller] = collect(t, e, turned) })
	}
	group.Wait()
	for caller, got := range results {
		if len(got) != len(weeks) {
			t.Errorf("caller %d got %d embeddings, want %d", caller, len(got), len(weeks))
		}
		sameBits(t, fmt.Sprintf("caller %d", caller), got, first)
	}
}

// TestSameBitsWhateverRanBefore embeds the same recordings again: on one core and
// two, after so many lengths that no graph is the one of before, and after other
// models ran in the same process.
func TestSameBitsWhateverRanBefore(t *testing.T) {
	weights := loadWeights(t, models.Small, models.Medium)
	small, medium := weights[models.Small], weights[models.Medium]
	weeks := mixedLengths(t)
	first := make(map[string]inference.Embedding)
	e := openGraph(t, small, "folded", inference.Options{Workers: 1, Profiles: true})
	sameBits(t, "at first", collect(t, e, weeks), first)

	for _, cores := range []int{1, 2} {
		t.Run(fmt.Sprintf("GOMAXPROCS %d", cores), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			e := openGraph(t, small, "folded", inference.Options{Profiles: true})
			if got := e.Runtime().Workers; got != cores {
				t.Errorf("%d workers, want one a core, %d", got, cores)
			}
			sameBits(t, "on these cores", collect(t, e, weeks), first)
		})
	}
	t.Run("other lengths", func(t *testing.T) {
		for i := range 2 * cachedLengths {
			collect(t, e, []inference.Week{{Key: "another length", Values: make([]float32, 18*(i+1))}})
		}
		sameBits(t, "with new graphs", collect(t, e, weeks), first)
	})
	t.Run("another model", func(t *testing.T) {
		other := openGraph(t, medium, "folded", inference.Options{})
		if got := collect(t, other, weeks[:1]); slices.Equal(got[0].Vector, first[weeks[0].Key].Vector) {
			t.Error("another model gives the same embedding")
		}
		sameBits(t, "on the engine of before", collect(t, e, weeks), first)
		again := openGraph(t, small, "folded", inference.Options{Workers: 1, Profiles: true})
		sameBits(t, "on a new engine", collect(t, again, weeks), first)
	})
}

// TestSameBitsWhateverIsAskedFor wants the embedding to be the same with and
// without the attention profile and a head's score beside it.
func TestSameBitsWhateverIsAskedFor(t *testing.T) {
	weights := loadWeights(t, models.Sizes()...)
	weeks := mixedLengths(t)[:1]
	for _, size := range models.Sizes() {
		t.Run(string(size), func(t *testing.T) {
			w := weights[size]
			alone := collect(t, openGraph(t, w, "folded", inference.Options{}), weeks)[0]
			beside := collect(t, openGraph(t, w, "folded", inference.Options{Profiles: true}), weeks)[0]
			atMost(t, "the embedding with a profile beside it", furthest(beside.Vector, alone.Vector), 0)
			tuned := *w
			tuned.Head = &models.Head{
				Score: "some", HiddenKernel: make([]float32, models.Dim*models.HeadHiddenDim), HiddenBias: make([]float32, models.HeadHiddenDim),
				OutputKernel: make([]float32, models.HeadHiddenDim), OutputBias: make([]float32, 1),
			}
			scored := collect(t, openGraph(t, &tuned, "folded", inference.Options{}), weeks)[0]
			atMost(t, "the embedding with a score beside it", furthest(scored.Vector, alone.Vector), 0)
			if scored.Score == nil || scored.Score.Value != 0.5 {
				t.Errorf("a head of zeros scores %+v, want a half", scored.Score)
			}
		})
	}
}

// mixedLengths returns two or more recordings each of 1, 3, 7 and 10 days.
func mixedLengths(t *testing.T) []inference.Week {
	t.Helper()
	var weeks []inference.Week
	for _, input := range []string{"weeks8", "day1", "days3", "days10"} {
		a := load(t, "inputs/"+input)
		for i := range min(a.shape[0], 3) {
			weeks = append(weeks, inference.Week{Key: fmt.Sprint(input, " ", i), Values: a.row(i)})
		}
	}
	// The lengths take turns.
	slices.SortStableFunc(weeks, func(a, b inference.Week) int { return int(a.Key[len(a.Key)-1]) - int(b.Key[len(b.Key)-1]) })
	return weeks
}

// sameBits wants embeddings to be those of first, bit for bit, by key; what is
// not there yet is entered.
func sameBits(t *testing.T, when string, got []inference.Embedding, first map[string]inference.Embedding) {
	t.Helper()
	for _, emb := range got {
		want, seen := first[emb.Key]
		if !seen {
			first[emb.Key] = emb
			continue
		}
		atMost(t, "the embedding of "+emb.Key+", "+when+",", furthest(emb.Vector, want.Vector), 0)
		atMost(t, "the profile of "+emb.Key+", "+when+",", furthest(emb.Profile, want.Profile), 0)
	}
}

// collect embeds weeks. It may be called from several goroutines.
func collect(t *testing.T, e inference.Engine, weeks []inference.Week) []inference.Embedding {
	t.Helper()
	var out []inference.Embedding
	err := e.Embed(context.Background(), sequence(weeks), func(emb inference.Embedding) error {
		out = append(out, emb)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return out
}

func emitted(embeddings []inference.Embedding) []string {
	keys := make([]string, len(embeddings))
	for i, e := range embeddings {
		keys[i] = e.Key
	}
	return keys
}
