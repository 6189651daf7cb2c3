package tensorflow

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"circascope/models"
)

// randomWeights returns weights whose kernels are normal with SD scale/sqrt(fan
// in), and whose biases and beta have SD scale/10; gamma is around 1.
func randomWeights(t testing.TB, size models.Size, rng *rand.Rand, scale float64) *models.Weights {
	t.Helper()
	spec, err := models.SpecOf(size)
	if err != nil {
		t.Fatal(err)
	}
	normal := func(n int, mean, sd float64) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = float32(mean + sd*rng.NormFloat64())
		}
		return out
	}
	kernel := func(in, out int) []float32 { return normal(in*out, 0, scale/math.Sqrt(float64(in))) }
	bias := func(n int) []float32 { return normal(n, 0, scale/10) }
	const dim, hidden = models.Dim, models.FeedForward
	width := spec.Heads * models.KeyDim
	w := &models.Weights{Spec: spec, PatchKernel: kernel(spec.Patch, dim), PatchBias: bias(dim)}
	for range spec.Layers {
		w.Blocks = append(w.Blocks, models.Block{
			QueryKernel: kernel(dim, width), KeyKernel: kernel(dim, width), ValueKernel: kernel(dim, width),
			QueryBias: bias(width), KeyBias: bias(width), ValueBias: bias(width),
			OutputKernel: kernel(width, dim), OutputBias: bias(dim),
			Norm1Gamma: normal(dim, 1, 0.1), Norm1Beta: bias(dim),
			FF1Kernel: kernel(dim, hidden), FF1Bias: bias(hidden), FF2Kernel: kernel(hidden, dim), FF2Bias: bias(dim),
			Norm2Gamma: normal(dim, 1, 0.1), Norm2Beta: bias(dim),
		})
	}
	if err := w.Check(); err != nil {
		t.Fatal(err)
	}
	return w
}

// inputs are recordings that a standardisation may give.
var inputs = []struct {
	name  string
	value func(minute int, rng *rand.Rand) float64
}{
	{"normal", func(_ int, rng *rand.Rand) float64 { return rng.NormFloat64() }},
	{"zeros", func(int, *rand.Rand) float64 { return 0 }},
	{"constant", func(int, *rand.Rand) float64 { return 3 }},
	{"one spike", func(minute int, _ *rand.Rand) float64 {
		if minute == 100 {
			return 1e4
		}
		return -0.1
	}},
	{"heavy tails", func(_ int, rng *rand.Rand) float64 { return math.Exp(3 * rng.NormFloat64()) }},
}

// TestRandomWeights holds both graphs against the oracle, on weights of several
// magnitudes and odd inputs. The numbers of tokens are prime: no blocks of query
// rows are all of one size. What float32 can do with huge scores is little, so
// there the folded graph must above all be no worse than the plain one.
func TestRandomWeights(t *testing.T) {
	seen := newDifferences(t)
	for _, c := range []struct{ scale, allowance float64 }{{0.01, 1}, {1, 1}, {10, 200}} {
		for size, tokens := range []int{97, 53, 47} {
			size := models.Sizes()[size]
			t.Run(fmt.Sprintf("scale %g/%s", c.scale, size), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(uint64(c.scale*100), uint64(size[0])))
				w := randomWeights(t, size, rng, c.scale)
				r := rivals{oracle{w, positionTable(t, tokens)}, tap(t, w, "plain", tokens), tap(t, w, "folded", tokens)}
				for _, in := range inputs {
					values := make([]float32, tokens*w.Spec.Patch)
					for i := range values {
						values[i] = float32(in.value(i, rng))
					}
					t.Run(in.name, func(t *testing.T) {
						r.compare(t, seen, fmt.Sprintf("scale %g", c.scale), c.allowance, values)
					})
				}
			})
		}
	}
}

// rivals are an oracle and both graphs, of the same weights.
type rivals struct {
	oracle        oracle
	plain, folded func(values []float32) map[string][]float32
}

// compare compares the last layer of both graphs with the oracle's. The
// tolerances are those against Keras, times an allowance.
func (r rivals) compare(t *testing.T, seen *differences, label string, allowance float64, values []float32) {
	want, plain, folded := r.oracle.run(values), r.plain(values), r.folded(values)
	spec := r.oracle.w.Spec
	last := spec.Layers
	for _, item := range []struct {
		kind, tapped string
		want         []float64
		tolerance    float64
	}{
		{"embedding", "embedding", want.embedding, embeddingTolerance},
		{"last layer", fmt.Sprint("layer ", last), want.layers[last-1], layerTolerance},
		{"map", fmt.Sprint("map ", last), want.maps[last-1], mapTolerance},
		{"profile", fmt.Sprint("profile ", last), profile(want.maps[last-1]), profileTolerance},
	} {
		p, f := off(plain[item.tapped], item.want), off(folded[item.tapped], item.want)
		seen.enter(t, spec.Name()+" plain", label+", "+item.kind, p, allowance*item.tolerance)
		seen.enter(t, spec.Name()+" folded", label+", "+item.kind, f, allowance*item.tolerance)
		atMost(t, item.kind+" of the folded graph", f, 8*p+item.tolerance)
	}
}

// off returns the largest absolute difference.
func off(got []float32, want []float64) float64 {
	if len(got) != len(want) {
		return math.NaN()
	}
	most := 0.0
	for i, v := range got {
		d := math.Abs(float64(v) - want[i])
		if math.IsNaN(d) {
			return d
		}
		most = max(most, d)
	}
	return most
}
