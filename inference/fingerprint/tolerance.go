package fingerprint

// The largest differences of a feature that are no fault, absolute; docs/weights.md
// gives the measurements behind them.
const (
	// same is for float32 with nothing changed: the bits are the same then; a
	// setting that narrows the processor's vectors moves a feature by 1.1e-6.
	same = 5e-6
	// sameGPU allows for algorithms that a GPU's libraries choose anew at each start.
	sameGPU = 1e-5
	// Float32Tolerance is for float32 on any version and processor. Another
	// exponential function moves the position table, and through it PAT-L, by up to
	// 2.7e-5.
	Float32Tolerance = 5e-5
	// sameCoarse and CoarseTolerance are for products of 8 to 11 bits (bfloat16, TF32),
	// which move a feature of PAT-L by up to 1.7e-2, and either way. With nothing
	// changed bfloat16 gives the same bits too.
	sameCoarse      = 1e-3
	CoarseTolerance = 3.4e-2
)

// tolerance is how far an answer of now may be from one of then.
func tolerance(then, now Origin) float64 {
	unchanged := len(changes(then, now)) == 0
	switch coarse := now.Precision != "float32"; {
	case coarse && unchanged:
		return sameCoarse
	case coarse:
		return CoarseTolerance
	case unchanged && now.DeviceKind == "CPU":
		return same
	case unchanged:
		return sameGPU
	}
	return Float32Tolerance
}
