package metrics

import "math"

// lowess returns the locally weighted linear regression of y on x at each x
// (Cleveland 1979, doi:10.1080/01621459.1979.10481038), without robust
// iterations. x is sorted; a fit is of the share of the points that is nearest,
// rounded down and at least 2, with tricube weights. Where fewer than two points
// have weight, it is y itself. It works as in statsmodels 0.14.
func lowess(x, y []float64, share float64) []float64 {
	n := len(x)
	k := min(n, max(2, int(share*float64(n)+1e-10)))
	fit := make([]float64, n)
	from := 0
	for i, at := range x {
		for from+k < n && at > (x[from]+x[from+k])/2 {
			from++
		}
		fit[i] = localFit(x[from:from+k], y[from:from+k], at, y[i])
	}
	return fit
}

// localFit is the weighted regression line of neighbours at a point; otherwise is
// what stands for it where it cannot be drawn.
func localFit(x, y []float64, at, otherwise float64) float64 {
	const negligible = 1e-12
	radius := max(at-x[0], x[len(x)-1]-at)
	weights := make([]float64, len(x))
	total, heavy := 0.0, 0
	for j, v := range x {
		weights[j] = tricube(math.Abs(v-at) / radius)
		total += weights[j]
		if weights[j] > negligible {
			heavy++
		}
	}
	if heavy < 2 {
		return otherwise
	}
	center := 0.0
	for j := range x {
		weights[j] /= total
		center += weights[j] * x[j]
	}
	width := 0.0
	for j := range x {
		width += weights[j] * (x[j] - center) * (x[j] - center)
	}
	width = max(width, negligible)
	fit := 0.0
	for j := range x {
		fit += weights[j] * (1 + (at-center)*(x[j]-center)/width) * y[j]
	}
	return fit
}

func tricube(distance float64) float64 {
	inner := 1 - distance*distance*distance
	return inner * inner * inner
}
