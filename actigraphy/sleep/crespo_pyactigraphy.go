package sleep

import (
	"errors"
	"math"
)

// crespoPyActigraphy is pyActigraphy's way through Crespo's algorithm.
func crespoPyActigraphy(x []float64, c crespoSettings) (restAndActivity, error) {
	half := (c.alpha - 1) / 2
	most := largest(x)
	lead := half - 1 // one less than meant
	first := above(movingMedian(pad(x, most, lead), c.alpha/2, half), c.share)
	first = opening(closing(first, c.beta), c.beta)[lead : lead+len(x)]

	valid := append([]float64{}, x...)
	leaveOut(valid, first, false, c.atRest)
	leaveOut(valid, first, true, c.active)

	lead = c.beta - 2
	padded := pad(valid, most, lead)
	if len(padded) < half+1 {
		return restAndActivity{}, errors.New("the recording is too short for the windows at its ends")
	}
	levels := movingMedian(padded, c.alpha/2, c.beta-1)
	growing := newWindow(c.alpha)
	for i := range half {
		growing.add(padded[i])
		levels[i] = growing.median(1)
	}
	fillLastLevels(levels, padded, c.alpha, half)
	levels = levels[lead : lead+len(x)]

	size := 2*(c.beta-1) + 1
	up := opening(closing(above(levels, c.share), size), size)
	up[0], up[len(up)-1] = true, true
	return restAndActivity{active: up}, nil
}

// fillLastLevels gives the last half window, but for the very last epoch, medians
// that reach to the last epoch but one, from epochs that lie half a window too
// early.
func fillLastLevels(levels, padded []float64, alpha, half int) {
	n := len(padded)
	growing := newWindow(alpha)
	alpha = min(alpha, n-1)
	medians := make([]float64, alpha) // of padded[n-1-alpha+k : n-1]
	for k := alpha - 1; k >= 0; k-- {
		growing.add(padded[n-1-alpha+k])
		medians[k] = growing.median(1)
	}
	copy(levels[n-half-1:n-1], medians[:half])
}

// leaveOut makes runs of least or more quiet epochs missing, among the epochs that
// are active, or not; what lies between those epochs does not end a run. If all
// epochs are quiet, none is left out.
func leaveOut(x []float64, up []bool, active bool, least int) {
	var among []int
	anyLoud := false
	for i := range x {
		if up[i] == active {
			among = append(among, i)
			anyLoud = anyLoud || x[i] >= 1
		}
	}
	if !anyLoud {
		return
	}
	for k := 0; k < len(among); k++ {
		from := k
		for k < len(among) && !(x[among[k]] >= 1) { // missing is quiet
			k++
		}
		if k-from < least {
			continue
		}
		for _, i := range among[from:k] {
			x[i] = math.NaN()
		}
	}
}
