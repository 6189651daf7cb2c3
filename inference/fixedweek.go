package inference

import "circascope/models"

// FixedWeek returns the standardised week that fingerprints and benchmarks embed:
// models.WeekMinutes of a daily rhythm with noise from a fixed generator, about
// zero mean and unit variance, the same on every machine.
func FixedWeek() []float32 {
	const day = models.WeekMinutes / 7
	values := make([]float32, models.WeekMinutes)
	// The conversions below keep the compiler from fusing a product and a sum,
	// which would round differently from one machine to the next.
	state := uint32(20151124)
	for i := range values {
		state = state*1664525 + 1013904223 // Numerical Recipes' quick generator
		noise := float32(float32(state>>8)/(1<<23)) - 1
		phase := float32(i%day) / day
		rhythm := float32(16*phase*(1-phase)*(1-phase)) - 1 // one smooth rise and fall a day
		values[i] = rhythm + noise
	}
	return values
}
