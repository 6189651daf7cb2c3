package mims

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// neighbours is the number of samples beside a cut-off stretch that its
// continuation is fitted to: 0.05 s.
const neighbours = 5

// smoothness is R's spar of the smoothing spline.
const smoothness = 0.6

const spacing = 1.0 / (neighbours - 1) // the neighbours lie on 0 ... 1

// bends takes five values to the second derivatives of the natural spline through
// them at the inner three, and penalty to the integral of their square (Green and
// Silverman 1994, Nonparametric Regression and Generalized Linear Models, 2.1).
var bends, penalty = curvature()

func curvature() (bends, penalty *mat.Dense) {
	const inner = neighbours - 2
	q, r := mat.NewDense(neighbours, inner, nil), mat.NewDense(inner, inner, nil)
	for j := range inner {
		q.Set(j, j, 1/spacing)
		q.Set(j+1, j, -2/spacing)
		q.Set(j+2, j, 1/spacing)
		r.Set(j, j, 2*spacing/3)
		if j > 0 {
			r.Set(j, j-1, spacing/6)
			r.Set(j-1, j, spacing/6)
		}
	}
	bends, penalty = new(mat.Dense), new(mat.Dense)
	if err := bends.Solve(r, q.T()); err != nil {
		panic("mims: " + err.Error()) // the matrix is the same every time
	}
	penalty.Mul(q, bends)
	return bends, penalty
}

// The traces that R scales the smoothing by, of the two cubic B-splines on five
// equally spaced knots that do not touch the ends: their squares at the knots, and
// the integral of their squared second derivatives.
var (
	squares = [neighbours]float64{0, 53.0 / 144, 17.0 / 36, 1.0 / 36, 0}
	bending = 288.0 + 512.0/3
)

// continued fits a smoothing spline to five values and returns it ahead places
// behind the last one, where it goes on as a straight line.
func continued(values, weights [neighbours]float64, ahead float64) float64 {
	total, trace := 0.0, 0.0
	for _, w := range weights {
		total += w
	}
	system, right := mat.NewDense(neighbours, neighbours, nil), mat.NewVecDense(neighbours, nil)
	for i, w := range weights {
		w *= neighbours / total
		trace += w * squares[i]
		system.Set(i, i, w)
		right.SetVec(i, w*values[i])
	}
	var bent mat.Dense
	bent.Scale(trace/bending*math.Pow(256, 3*smoothness-1), penalty)
	system.Add(system, &bent)
	var fitted, second mat.VecDense
	if err := fitted.SolveVec(system, right); err != nil {
		return values[neighbours-1] // not reached: weights are positive
	}
	second.MulVec(bends, &fitted)
	end, before := fitted.AtVec(neighbours-1), fitted.AtVec(neighbours-2)
	slope := (end-before)/spacing + spacing/6*second.AtVec(neighbours-3)
	return end + slope*ahead*spacing
}
