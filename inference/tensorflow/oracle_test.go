package tensorflow

import (
	"math"

	"circascope/models"
)

// oracle computes PAT in float64, straight from the paper's formulas (arXiv
// 2411.15240) and pat's published layout, on the weights and the position table
// as they are in float32. It shares no code with the graphs.
type oracle struct {
	w     *models.Weights
	table []float32
}

// answers are what an oracle and a graph can be compared by.
type answers struct {
	embedding []float64
	layers    [][]float64 // (tokens, Dim)
	maps      [][]float64 // (tokens, tokens), mean over heads
}

// matrix is row-major.
type matrix struct {
	rows, columns int
	values        []float64
}

func zeros(rows, columns int) matrix { return matrix{rows, columns, make([]float64, rows*columns)} }

func (m matrix) row(i int) []float64 { return m.values[i*m.columns : (i+1)*m.columns] }

func widen(values []float32) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return out
}

// dense returns x·kernel + bias. The race detector would watch its hundred million
// sums, all on one goroutine; so in inner and attend.
//
//go:norace
func dense(x matrix, kernel, bias []float32) matrix {
	k, out := widen(kernel), zeros(x.rows, len(bias))
	for i := range x.rows {
		to := out.row(i)
		copy(to, widen(bias))
		for j, v := range x.row(i) {
			for c, weight := range k[j*len(bias) : (j+1)*len(bias)] {
				to[c] += v * weight
			}
		}
	}
	return out
}

func (o oracle) run(values []float32) answers {
	patch := o.w.Spec.Patch
	x := dense(matrix{len(values) / patch, patch, widen(values)}, o.w.PatchKernel, o.w.PatchBias)
	for i, p := range o.table {
		x.values[i] += float64(p)
	}
	var a answers
	for i := range o.w.Blocks {
		b := &o.w.Blocks[i]
		attended, average := attend(x, b, o.w.Spec.Heads)
		x = addAndNormalise(x, attended, b.Norm1Gamma, b.Norm1Beta)
		hidden := dense(x, b.FF1Kernel, b.FF1Bias)
		for i, v := range hidden.values {
			hidden.values[i] = max(v, 0)
		}
		x = addAndNormalise(x, dense(hidden, b.FF2Kernel, b.FF2Bias), b.Norm2Gamma, b.Norm2Beta)
		a.layers, a.maps = append(a.layers, x.values), append(a.maps, average.values)
	}
	a.embedding = make([]float64, models.Dim)
	for i := range x.rows {
		for j, v := range x.row(i) {
			a.embedding[j] += v / float64(x.rows)
		}
	}
	return a
}

// attend returns the multi-head attention and its weights' mean over heads.
//
//go:norace
func attend(x matrix, b *models.Block, heads int) (out, average matrix) {
	query, key, value := dense(x, b.QueryKernel, b.QueryBias), dense(x, b.KeyKernel, b.KeyBias), dense(x, b.ValueKernel, b.ValueBias)
	context := zeros(x.rows, heads*models.KeyDim)
	average = zeros(x.rows, x.rows)
	for h := range heads {
		head := func(m matrix, token int) []float64 { return m.row(token)[h*models.KeyDim : (h+1)*models.KeyDim] }
		for q := range x.rows {
			weights := make([]float64, x.rows)
			for k := range x.rows {
				weights[k] = inner(head(query, q), head(key, k)) / math.Sqrt(models.KeyDim)
			}
			softmax(weights)
			to, mean := head(context, q), average.row(q)
			for k, weight := range weights {
				mean[k] += weight / float64(heads)
				for i, v := range head(value, k) {
					to[i] += weight * v
				}
			}
		}
	}
	return dense(context, b.OutputKernel, b.OutputBias), average
}

//go:norace
func inner(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func softmax(values []float64) {
	most, sum := math.Inf(-1), 0.0
	for _, v := range values {
		most = max(most, v)
	}
	for i, v := range values {
		values[i] = math.Exp(v - most)
		sum += values[i]
	}
	for i := range values {
		values[i] /= sum
	}
}

// addAndNormalise returns LayerNorm(x + y), epsilon 1e-6, population variance.
func addAndNormalise(x, y matrix, gamma, beta []float32) matrix {
	out := zeros(x.rows, x.columns)
	n := float64(x.columns)
	for i := range x.rows {
		to := out.row(i)
		mean, variance := 0.0, 0.0
		for j := range to {
			to[j] = x.row(i)[j] + y.row(i)[j]
			mean += to[j] / n
		}
		for _, v := range to {
			variance += (v - mean) * (v - mean) / n
		}
		for j, v := range to {
			to[j] = (v-mean)/math.Sqrt(variance+1e-6)*float64(gamma[j]) + float64(beta[j])
		}
	}
	return out
}

// profile returns attention received by each token, of a map averaged over heads.
func profile(average []float64) []float64 {
	tokens := int(math.Sqrt(float64(len(average))))
	out, sum := make([]float64, tokens), 0.0
	for i, v := range average {
		out[i%tokens] += v
		sum += v
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
