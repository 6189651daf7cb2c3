package app

// The precisions that a run can be asked for. Bfloat16Words say what the second
// costs: the bounds that the tests of inference/tensorflow hold it to.
const (
	Float32       = "float32"
	Bfloat16      = "bfloat16"
	Bfloat16Words = "faster, and features move by up to 0.008 (S), 0.012 (M), 0.02 (L)"
)
