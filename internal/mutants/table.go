package main

import "slices"

// Tests of the arithmetic. PAT-M has two layers, and a day of it makes two blocks
// of query rows.
const (
	dayPlain       = "TestParityOfEmbeddings/M/plain/day1"
	dayFolded      = "TestParityOfEmbeddings/M/folded/day1"
	insidePlain    = "TestParityOfIntermediates/M/plain"
	insideFolded   = "TestParityOfIntermediates/M/folded"
	layerNorm      = "TestLayerNormKnowsItsEpsilon"
	positions      = "TestPositionTables"
	frequencies    = "TestFrequenciesAreTensorFlows"
	profileFolded  = "TestProfileComesWithTheEmbedding/M/folded"
	sameBitsFolded = "TestSameBitsWhateverWorkersAndOrder/folded"
	manifest       = "TestManifest/"
)

var (
	bothDays   = []string{dayPlain, dayFolded}
	bothInside = []string{insidePlain, insideFolded}
)

// engine is where the tests of the graphs are.
const engine = "inference/tensorflow"

// mutants returns every fault.
func mutants() []mutant {
	return slices.Concat(inPositions(), inEncoder(), inLayerNorm(), inPlain(), inFolding(), inFolded(), inEngine(), inHead(), inLoader(), inSleep(), inMeasures())
}

func inPositions() []mutant {
	const file = engine + "/positions.go"
	both := append([]string{positions}, bothDays...)
	const columns = `b.concat([]tf.Output{op.Sin(b.scope(), angle), op.Cos(b.scope(), angle)}, 1)`
	return []mutant{
		{
			fault: "sines and cosines interleaved", where: "both graphs", file: file, caughtBy: both, old: columns,
			new: `b.reshape(b.concat([]tf.Output{b.reshape(op.Sin(b.scope(), angle), int32(tokens), half, 1), b.reshape(op.Cos(b.scope(), angle), int32(tokens), half, 1)}, 2), int32(tokens), models.Dim)`,
		},
		{
			fault: "cosines before sines", where: "both graphs", file: file, caughtBy: both, old: columns,
			new: `b.concat([]tf.Output{op.Cos(b.scope(), angle), op.Sin(b.scope(), angle)}, 1)`,
		},
		{
			fault: "tokens counted from 1", where: "both graphs", file: file, caughtBy: both,
			old: `number[i] = float32(i)`, new: `number[i] = float32(i + 1)`,
		},
		{
			fault: "every second frequency", where: "both graphs", file: file, caughtBy: append([]string{frequencies}, both...),
			old: `even[i] = float32(2 * i)`, new: `even[i] = float32(4 * i)`,
		},
		{
			fault: "exact frequencies, not those of TensorFlow's exp", where: "both graphs", file: file, caughtBy: []string{frequencies, positions},
			old: `div = op.Exp(b.scope(), exponent)`,
			new: `exact := make([]float32, half)
	for i := range exact {
		exact[i] = float32(math.Pow(10000, -float64(i)/half))
	}
	div = op.AddV2(b.scope(), b.constant(exact, half), op.Mul(b.scope(), exponent, b.scalar(0)))`,
		},
	}
}

func inEncoder() []mutant {
	const file = engine + "/encoder.go"
	const norm1 = `y := norm1(op.AddV2(b.scope(), b.rows(x, p.from, p.tokens, models.Dim), p.output))`
	const fed = `fed := shrink(op.Relu(b.scope(), widen(y)))`
	const norm2 = `outputs[i] = norm2(op.AddV2(b.scope(), y, fed))`
	const attend = `seen := a.add(b, i, layerInput{x: x, tokens: tokens, minutes: minutes, positions: positions})`
	const norms = `norm1, norm2 := b.norm(block.Norm1Gamma, block.Norm1Beta), b.norm(block.Norm2Gamma, block.Norm2Beta)`
	faults := []mutant{
		{
			fault: "pre-norm instead of post-norm",
			old:   attend + "\n\t\tx = addRest(b, &w.Blocks[i], x, seen.parts)",
			new: `block := &w.Blocks[i]
		seen := a.add(b, i, layerInput{x: b.norm(block.Norm1Gamma, block.Norm1Beta)(x), tokens: tokens, minutes: minutes, positions: positions})
		var outputs []tf.Output
		for _, p := range seen.parts {
			outputs = append(outputs, p.output)
		}
		x = op.AddV2(b.scope(), x, b.concat(outputs, 0))
		hidden := op.Relu(b.scope(), b.dense(b.norm(block.Norm2Gamma, block.Norm2Beta)(x), block.FF1Kernel, block.FF1Bias, models.Dim, models.FeedForward))
		x = op.AddV2(b.scope(), x, b.dense(hidden, block.FF2Kernel, block.FF2Bias, models.FeedForward, models.Dim))`,
		},
		{
			fault: "dropout left on", caughtBy: append([]string{sameBitsFolded}, bothDays...), old: fed,
			new: fed + `
		keep := op.Floor(b.scope(), op.AddV2(b.scope(), op.RandomUniform(b.scope(), b.ints(int32(p.tokens), models.Dim), tf.Float), b.scalar(0.9)))
		keep = op.Mul(b.scope(), keep, b.scalar(1/0.9))
		fed = op.Mul(b.scope(), fed, keep)`,
		},
		{
			fault: "GELU for ReLU", old: fed,
			new: `linear := widen(y)
		fed := shrink(op.Mul(b.scope(), linear, op.Sigmoid(b.scope(), op.Mul(b.scope(), linear, b.scalar(1.702)))))`,
		},
		{fault: "no activation", old: fed, new: `fed := shrink(widen(y))`},
		{fault: "the scales of norms 1 and 2 swapped", old: norms, new: `norm2, norm1 := b.norm(block.Norm1Gamma, block.Norm1Beta), b.norm(block.Norm2Gamma, block.Norm2Beta)`},
		{fault: "no residual around attention", old: norm1, new: `y := norm1(p.output)`},
		{fault: "no residual around feed-forward", old: norm2, new: `outputs[i] = norm2(fed)`},
		{fault: "the residual of other tokens", caughtBy: []string{dayFolded}, old: norm1, new: `y := norm1(op.AddV2(b.scope(), b.rows(x, 0, p.tokens, models.Dim), p.output))`},
		{fault: "no positions", old: `op.AddV2(b.scope(), e.patches, b.constant(positions, int64(tokens), models.Dim))`, new: `op.Identity(b.scope(), e.patches)`},
		{fault: "sum instead of mean over tokens", old: `e.embedding = op.Mean(b.scope(), x, b.ints(0))`, new: `e.embedding = op.Sum(b.scope(), x, b.ints(0))`},
		{
			fault: "the largest instead of the mean over tokens",
			old:   `e.embedding = op.Mean(b.scope(), x, b.ints(0))`, new: `e.embedding = op.Max(b.scope(), x, b.ints(0))`,
		},
		{
			fault: "profile not divided by its sum", caughtBy: bothInside,
			old: `return op.Div(b.scope(), received, op.Sum(b.scope(), received, b.ints(0), op.SumKeepDims(true)))`, new: `return received`,
		},
		{
			fault: "the first layer's profile for the last's", caughtBy: []string{"TestProfileComesWithTheEmbedding/M/plain", profileFolded},
			old: `e.profile(b, len(e.layers)-1)`, new: `e.profile(b, 0)`,
		},
	}
	for i := range faults {
		faults[i].file, faults[i].where = file, "both graphs"
		if faults[i].caughtBy == nil {
			faults[i].caughtBy = bothDays
		}
	}
	return faults
}

func inLayerNorm() []mutant {
	const file = engine + "/builder.go"
	const scale = `scale := op.Rsqrt(b.scope(), op.AddV2(b.scope(), variance, epsilon))`
	norm := []string{layerNorm}
	return []mutant{
		{fault: "LayerNorm's epsilon 1e-5", where: "both graphs", file: "models/spec.go", in: engine, caughtBy: norm, old: `LayerNormEps  = 1e-6`, new: `LayerNormEps  = 1e-5`},
		{fault: "LayerNorm's epsilon 1e-7", where: "both graphs", file: "models/spec.go", in: engine, caughtBy: norm, old: `LayerNormEps  = 1e-6`, new: `LayerNormEps  = 1e-7`},
		{
			fault: "epsilon added to the SD", where: "both graphs", file: file, caughtBy: norm, old: scale,
			new: `scale := op.Reciprocal(b.scope(), op.AddV2(b.scope(), op.Sqrt(b.scope(), variance), epsilon))`,
		},
		{
			fault: "sample variance", where: "both graphs", file: file, caughtBy: append(norm, bothDays...), old: scale,
			new: `scale := op.Rsqrt(b.scope(), op.AddV2(b.scope(), op.Mul(b.scope(), variance, b.scalar(96.0/95)), epsilon))`,
		},
		{fault: "no bias in any dense layer", where: "both graphs", file: file, caughtBy: bothDays, old: `return op.BiasAdd(b.scope(), op.MatMul(b.scope(), x, k), c)`, new: `return op.AddV2(b.scope(), op.MatMul(b.scope(), x, k), op.ZerosLike(b.scope(), c))`},
	}
}

func inPlain() []mutant {
	const scaled = `query = op.Mul(b.scope(), query, b.scalar(float32(1/math.Sqrt(models.KeyDim))))`
	const scores = `return op.Softmax(b.scope(), op.BatchMatMulV2(b.scope(), query, key, op.BatchMatMulV2AdjY(true)))`
	faults := []mutant{
		{fault: "no 1/sqrt(96)", old: scaled, new: `_ = math.Pi`},
		{fault: "scores scaled by 1/sqrt(96/heads)", old: scaled, new: `query = op.Mul(b.scope(), query, b.scalar(float32(1/math.Sqrt(models.KeyDim/float64(p.weights.Spec.Heads)))))`},
		{
			fault: "key size 96/heads", old: scores,
			new: `first := func(m tf.Output) tf.Output {
		return op.Slice(b.scope(), m, b.ints(0, 0, 0), b.ints(-1, -1, int32(models.KeyDim/p.weights.Spec.Heads)))
	}
	return op.Softmax(b.scope(), op.BatchMatMulV2(b.scope(), first(query), first(key), op.BatchMatMulV2AdjY(true)))`,
		},
		{fault: "query and key swapped", old: scores, new: `return op.Softmax(b.scope(), op.BatchMatMulV2(b.scope(), key, query, op.BatchMatMulV2AdjY(true)))`},
		{fault: "heads in another order in the query alone", old: scaled, new: scaled + "\n\tquery = op.ReverseV2(b.scope(), query, b.ints(0))"},
		{
			fault: "wrong order of heads for the output kernel",
			old:   `context := op.Transpose(b.scope(), op.BatchMatMulV2(b.scope(), weights, value), b.ints(1, 0, 2))`,
			new:   `context := op.Transpose(b.scope(), op.ReverseV2(b.scope(), op.BatchMatMulV2(b.scope(), weights, value), b.ints(0)), b.ints(1, 0, 2))`,
		},
		{
			fault: "heads not brought back beside one another",
			old:   `context := op.Transpose(b.scope(), op.BatchMatMulV2(b.scope(), weights, value), b.ints(1, 0, 2))`,
			new:   `context := op.BatchMatMulV2(b.scope(), weights, value)`,
		},
		{fault: "no query bias", old: `block.QueryBias, tokens)`, new: `make([]float32, len(block.QueryBias)), tokens)`},
		{fault: "no value bias", old: `block.ValueBias, tokens)`, new: `make([]float32, len(block.ValueBias)), tokens)`},
		{fault: "no output bias", old: `b.dense(context, block.OutputKernel, block.OutputBias, width, models.Dim)`, new: `b.dense(context, block.OutputKernel, make([]float32, models.Dim), width, models.Dim)`},
		{fault: "profile summed over keys", caughtBy: []string{insidePlain}, old: `op.Sum(b.scope(), weights, b.ints(0, 1))`, new: `op.Sum(b.scope(), weights, b.ints(0, 2))`},
		{fault: "map summed over heads", caughtBy: []string{insidePlain}, old: `op.Mean(b.scope(), weights, b.ints(0))`, new: `op.Sum(b.scope(), weights, b.ints(0))`},
	}
	for i := range faults {
		faults[i].file, faults[i].where = engine+"/plain.go", "plain graph"
		if faults[i].caughtBy == nil {
			faults[i].caughtBy = []string{dayPlain}
		}
	}
	return faults
}

// inFolding are faults of the products of weights, and of the first layer's
// coordinates.
func inFolding() []mutant {
	const products = `p.heads[h] = headProducts{query: product(query, key.T()), bias: through(queryBias, key.T()), output: product(value, output)}`
	const scaled = "query.Scale(1/math.Sqrt(models.KeyDim), query)\n\t\tqueryBias.ScaleVec(1/math.Sqrt(models.KeyDim), queryBias)"
	const query = `query, key, value := headKernel(b.QueryKernel, h, heads),`
	faults := []mutant{
		{fault: "no 1/sqrt(96)", old: scaled, new: `_ = math.Pi`},
		{fault: "1/sqrt(96) on the bias alone", old: `query.Scale(1/math.Sqrt(models.KeyDim), query)`, new: ``},
		{fault: "scores scaled by 1/sqrt(96/heads)", old: scaled, new: "query.Scale(1/math.Sqrt(models.KeyDim/float64(heads)), query)\n\t\tqueryBias.ScaleVec(1/math.Sqrt(models.KeyDim/float64(heads)), queryBias)"},
		{fault: "key size 96/heads", old: `out.Set(i, j, float64(v))`, new: "if j < models.KeyDim/heads {\n\t\t\t\tout.Set(i, j, float64(v))\n\t\t\t}"},
		{fault: "query and key swapped", old: products, new: `p.heads[h] = headProducts{query: product(key, query.T()), bias: through(queryBias, key.T()), output: product(value, output)}`},
		{fault: "heads in another order in the query alone", old: query, new: `query, key, value := headKernel(b.QueryKernel, (h+1)%heads, heads),`},
		{fault: "wrong order of heads for the output kernel", old: `b.OutputKernel[h*models.KeyDim*models.Dim:]`, new: `b.OutputKernel[(heads-1-h)*models.KeyDim*models.Dim:]`},
		{fault: "no query bias", old: `headVector(b.QueryBias, h)`, new: `headVector(make([]float32, len(b.QueryBias)), h)`},
		{fault: "no value bias", old: `headVector(b.ValueBias, h)`, new: `headVector(make([]float32, len(b.ValueBias)), h)`},
		{fault: "no output bias", old: `p.bias.SetVec(j, float64(v))`, new: `p.bias.SetVec(j, 0*float64(v))`},
		{fault: "the first layer's mean left out of the query", old: `bias := through(b.mean, of.query)`, new: `bias := mat.NewVecDense(models.Dim, nil)`},
		{fault: "the first layer's mean left out of the values", old: `out.bias.AddVec(out.bias, v)`, new: `out.bias.AddScaledVec(out.bias, 0, v)`},
		{fault: "patch bias left out of the first layer's mean", file: engine + "/basis.go", old: `mean.SetVec(j, mean.AtVec(j)+float64(v))`, new: `mean.SetVec(j, mean.AtVec(j)+0*float64(v))`},
		{fault: "too few waves for the position table", caughtBy: []string{insideFolded}, file: engine + "/basis.go", old: `basisTolerance = 4e-6`, new: `basisTolerance = 4`},
	}
	return folded(faults, engine+"/folding.go")
}

// inFolded are faults of the folded graph. Several blocks a lane take a week.
func inFolded() []mutant {
	const received = "sums[i] = op.Sum(g.scope(), g.high(a), g.ints(0))\n\t}\n\treturn op.AddN(g.scope(), sums)"
	inside := []string{insideFolded}
	faults := []mutant{
		{fault: "blocks of query rows overlap", caughtBy: inside, old: `start += size`, new: `start += size - 1`},
		{fault: "every block has the first one's rows", caughtBy: inside, old: `start += size`, new: `start += 0 * size`},
		{fault: "every lane has the first one's queries", old: `g.rows(g.values, from, n, columns)`, new: `g.rows(g.values, 0*from, n, columns)`},
		{fault: "lanes overlap", old: `from += n`, new: `from += n - 1`},
		{fault: "no softmax", old: `a := op.Softmax(g.scope(), op.MatMul(g.scope(), query, g.keys))`, new: `a := op.Sigmoid(g.scope(), op.MatMul(g.scope(), query, g.keys))`},
		{
			fault: "profile summed over keys", caughtBy: inside, old: received,
			new: "sums[i] = op.Sum(g.scope(), g.high(a), g.ints(1))\n\t}\n\treturn op.Sum(g.scope(), g.reshape(g.concat(sums, 0), -1, int32(g.heads)), g.ints(1))",
		},
		{fault: "profile of the first block alone", caughtBy: inside, old: `return op.AddN(g.scope(), sums)`, new: `return sums[0]`},
		{fault: "map summed over heads", caughtBy: inside, old: `means[i] = op.Mean(g.scope(), a, g.ints(1))`, new: `means[i] = op.Sum(g.scope(), a, g.ints(1))`},
		{
			fault: "map's heads and queries mixed up", caughtBy: inside,
			old: "a = g.reshape(g.high(a), int32(g.sizes[i]), int32(g.heads), int32(g.tokens))\n\t\tmeans[i] = op.Mean(g.scope(), a, g.ints(1))",
			new: "a = g.reshape(g.high(a), int32(g.heads), int32(g.sizes[i]), int32(g.tokens))\n\t\tmeans[i] = op.Mean(g.scope(), a, g.ints(0))",
		},
	}
	return folded(faults, engine+"/folded.go")
}

// folded fills in what faults of the folded graph have in common.
func folded(faults []mutant, file string) []mutant {
	for i := range faults {
		faults[i].where = "folded graph"
		if faults[i].file == "" {
			faults[i].file = file
		}
		if faults[i].caughtBy == nil {
			faults[i].caughtBy = []string{dayFolded}
		}
	}
	return faults
}

func inEngine() []mutant {
	return []mutant{
		{
			fault: "rows of another length's position table", where: "engine", file: engine + "/engine.go", caughtBy: []string{sameBitsFolded},
			old: "\tt, err := positions(tokens)\n",
			new: `	for n, stale := range c.tables {
		if n > tokens {
			return stale[(n-tokens)*models.Dim:], nil
		}
	}
	t, err := positions(tokens)
`,
		},
		{
			fault: "an embedding that depends on the idle workers", where: "engine", file: engine + "/embed.go", caughtBy: []string{sameBitsFolded},
			old: `in, err := tf.NewTensor(w.Values)`,
			new: `noisy := append([]float32(nil), w.Values...)
	noisy[0] += 1e-3 * float32(len(e.idle))
	in, err := tf.NewTensor(noisy)`,
		},
		{
			fault: "embeddings in another order than the weeks", where: "engine", file: engine + "/embed.go", says: `want the order of the weeks`,
			caughtBy: []string{sameBitsFolded},
			old:      "j := queue[0]\n\t\tqueue = queue[1:]", new: "j := queue[len(queue)-1]\n\t\tqueue = queue[:len(queue)-1]",
		},
		{
			fault: "a broken device's NaN passed on", where: "engine", file: engine + "/worker.go", says: `want it good: false`,
			caughtBy: []string{"TestUnsoundResultsAreRefused"},
			old:      `for _, v := range all {`, new: `for _, v := range all[:0] {`,
		},
		{
			fault: "the next head's map", where: "attention maps", file: engine + "/attend.go", caughtBy: []string{"TestAttendGivesTheHeadAskedFor"},
			old: `b.ints(int32(head-1), 0, 0)`, new: `b.ints(int32(head), 0, 0)`,
		},
		{
			fault: "the next layer's map", where: "attention maps", file: engine + "/attend.go", caughtBy: []string{"TestParityOfAttend"},
			old: `enc.attended[layer-1].average()`, new: `enc.attended[layer%len(enc.attended)].average()`,
		},
	}
}

func inHead() []mutant {
	faults := []mutant{
		{fault: "score without the sigmoid", old: `op.Sigmoid(b.scope(), b.dense(hidden,`, new: `op.Identity(b.scope(), b.dense(hidden,`},
		{fault: "head without its ReLU", old: `hidden := op.Relu(b.scope(), b.dense(b.reshape(`, new: `hidden := op.Identity(b.scope(), b.dense(b.reshape(`},
		{fault: "head without its hidden bias", old: `h.HiddenKernel, h.HiddenBias,`, new: `h.HiddenKernel, make([]float32, models.HeadHiddenDim),`},
		{fault: "head without its output bias", old: `h.OutputKernel, h.OutputBias,`, new: `h.OutputKernel, make([]float32, 1),`},
	}
	for i := range faults {
		faults[i].file, faults[i].where, faults[i].caughtBy = engine+"/encoder.go", "fine-tuned score", []string{"TestParityOfScores"}
	}
	return faults
}

func inLoader() []mutant {
	const refused = `want it refused with`
	return []mutant{
		{
			fault: "missing key bias read as zeros", where: "loader", file: "models/build.go", says: refused, caughtBy: []string{manifest + "bad/missing_bias.h5"},
			old: "switch {\n\tcase !ok:\n\t\treturn a, missing(p, l)",
			new: "switch {\n\tcase !ok && p.name == \"attention/key/bias\":\n\t\treturn arrays.Array{Shape: p.shape, Type: \"float32\", Values: make([]float32, product(p.shape))}, nil\n\tcase !ok:\n\t\treturn a, missing(p, l)",
		},
		{
			fault: "shapes not looked at", where: "loader", file: "models/build.go", says: refused,
			caughtBy: []string{manifest + "bad/transposed_ff1.h5", manifest + "bad/transposed_attout.h5"},
			old:      `case !slices.Equal(a.Shape, p.shape) && len(a.Shape) > 0:`, new: `case !slices.Equal(a.Shape, p.shape) && len(a.Shape) > 99:`,
		},
		{
			fault: "NaN and Inf let in", where: "loader", file: "models/build.go", says: refused,
			caughtBy: []string{manifest + "bad/nan_inside.h5", manifest + "bad/inf_inside.h5"},
			old:      `if bad := notFinite(a.Values); bad != "" {`, new: `if bad := notFinite(a.Values); bad == "never" {`,
		},
		{
			fault: "layers in another order", where: "loader", file: "models/parts.go", says: `h5py reads`,
			caughtBy: []string{manifest + "weights/PAT-M_weights.h5"},
			old:      `blockParts(&w.Blocks[i], i+1, w.Spec.Heads)`, new: `blockParts(&w.Blocks[i], len(w.Blocks)-i, w.Spec.Heads)`,
		},
		{
			fault: "norms 1 and 2 swapped", where: "loader", file: "models/parts.go", says: `h5py reads`,
			caughtBy: []string{manifest + "weights/PAT-S_weights.h5", manifest + "weights/PAT-S_keras3.weights.h5"},
			old:      `{"norm1/gamma", layer, []int{Dim}, &b.Norm1Gamma},`, new: `{"norm1/gamma", layer, []int{Dim}, &b.Norm1Beta},`,
		},
	}
}
