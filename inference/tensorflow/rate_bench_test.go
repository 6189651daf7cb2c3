package tensorflow

import (
	"slices"
	"sync"
	"testing"

	tf "github.com/galeone/tensorflow/tensorflow/go"
	"github.com/galeone/tensorflow/tensorflow/go/op"

	"circascope/inference"
	"circascope/models"
)

// BenchmarkRate compares the arithmetic of a model with the fastest large float32
// product that TensorFlow has, on all cores, in turns: the share of the machine's
// limit that a model uses. Clock and processor time both give one; on a busy
// machine the second is the better.
func BenchmarkRate(b *testing.B) {
	weights := loadWeights(b, models.Sizes()...)
	week := load(b, "inputs/weeks8").row(0)
	for _, size := range models.Sizes() {
		b.Run(string(size), func(b *testing.B) {
			w := weights[size]
			e := openGraph(b, w, "folded", inference.Options{})
			cores := e.Runtime().Workers
			weeks := 2 * cores * max(1, int(30/matrixGFLOP(b, w, len(week))))
			embedRepeated(b, e, week, cores) // graphs are built at the first week
			products := []*largeProduct{newLargeProduct(b, 1024), newLargeProduct(b, 2048), newLargeProduct(b, 3072)}
			var model, product, modelCPU, productCPU []float64
			for b.Loop() {
				wall, cpu := rates(b, matrixGFLOP(b, w, len(week))*float64(weeks), func() { embedRepeated(b, e, week, weeks) })
				model, modelCPU = append(model, wall), append(modelCPU, cpu)
				best, bestCPU := 0.0, 0.0
				for _, p := range products {
					wall, cpu := rates(b, p.gflop*float64(cores), func() { p.runOn(b, cores) })
					best, bestCPU = max(best, wall), max(bestCPU, cpu)
				}
				product, productCPU = append(product, best), append(productCPU, bestCPU)
			}
			b.ReportMetric(median(model), "GFLOP/s")
			b.ReportMetric(median(product), "GFLOP/s-product")
			b.ReportMetric(100*median(model)/median(product), "%")
			b.ReportMetric(median(modelCPU), "GFLOP/core-s")
			b.ReportMetric(100*median(modelCPU)/median(productCPU), "%-core-s")
		})
	}
}

// rates returns the GFLOP a second and a core-second that do makes.
func rates(b *testing.B, gflop float64, do func()) (wall, cpu float64) {
	before, start := cpuSeconds(b), b.Elapsed()
	do()
	return gflop / (b.Elapsed() - start).Seconds(), gflop / (cpuSeconds(b) - before)
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// matrixGFLOP returns the matrix products of the folded graph for one recording,
// a multiplication and an addition counting two.
func matrixGFLOP(b *testing.B, w *models.Weights, minutes int) float64 {
	b.Helper()
	tokens, heads := minutes/w.Spec.Patch, w.Spec.Heads
	first, err := newBasis(w, positionTable(b, tokens))
	if err != nil {
		b.Fatal(err)
	}
	n := w.Spec.Patch * models.Dim
	for layer := range w.Spec.Layers {
		columns := models.Dim
		if layer == 0 && first != nil {
			columns = first.columns
		}
		n += heads * columns * (columns + models.Dim) // queries, output
		n += 2 * heads * tokens * columns             // scores, context
		n += 2 * models.Dim * models.FeedForward
	}
	return 2 * float64(n) * float64(tokens) / 1e9
}

// largeProduct is a product of two square matrices.
type largeProduct struct {
	*runnable
	feeds map[tf.Output]*tf.Tensor
	gflop float64
}

func newLargeProduct(b *testing.B, n int) *largeProduct {
	b.Helper()
	values := make([]float32, n*n)
	for i := range values {
		values[i] = float32(i%7) - 3
	}
	in, err := tf.NewTensor(values)
	if err == nil {
		err = in.Reshape([]int64{int64(n), int64(n)})
	}
	if err != nil {
		b.Fatal(err)
	}
	g := newBuilder()
	x := op.Placeholder(g.scope(), tf.Float, op.PlaceholderShape(tf.MakeShape(int64(n), int64(n))))
	r, err := newRunnable(g, x, []tf.Output{op.MatMul(g.scope(), x, x)}, config(false))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { r.close() })
	p := &largeProduct{r, map[tf.Output]*tf.Tensor{x: in}, 2 * float64(n) * float64(n) * float64(n) / 1e9}
	p.runOn(b, 1) // oneDNN compiles its kernels at the first run
	return p
}

// runOn runs the product on so many threads at once.
func (p *largeProduct) runOn(b *testing.B, threads int) {
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			if _, err := p.session.Run(p.feeds, nil, []*tf.Operation{p.fetches[0].Op}); err != nil {
				b.Error(err)
			}
		})
	}
	group.Wait()
}
