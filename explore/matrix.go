package explore

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// dense copies rows to a matrix. No rows, empty or ragged rows and values that
// are no numbers are errors.
func dense[F float32 | float64](rows [][]F) (*mat.Dense, error) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return nil, errors.New("there are no values to look at")
	}
	n, d := len(rows), len(rows[0])
	m := mat.NewDense(n, d, nil)
	for i, row := range rows {
		if len(row) != d {
			return nil, fmt.Errorf("row %d has %d values and the first has %d", i+1, len(row), d)
		}
		for j, v := range row {
			x := float64(v)
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, fmt.Errorf("value %d of row %d is %v: want a finite number", j+1, i+1, x)
			}
			m.Set(i, j, x)
		}
	}
	return m, nil
}

// pair copies two tables of the same people; the columns may differ in number.
func pair[F float32 | float64](a, b [][]F) (x, y *mat.Dense, err error) {
	if len(a) != len(b) {
		return nil, nil, fmt.Errorf("the first table has %d rows and the second %d: want the same people in both", len(a), len(b))
	}
	if x, err = dense(a); err != nil {
		return nil, nil, fmt.Errorf("the first table: %w", err)
	}
	if y, err = dense(b); err != nil {
		return nil, nil, fmt.Errorf("the second table: %w", err)
	}
	return x, y, nil
}

// centre subtracts each column's mean in place and returns the means.
func centre(m *mat.Dense) []float64 {
	n, d := m.Dims()
	means := make([]float64, d)
	for j := range means {
		for i := range n {
			means[j] += m.At(i, j)
		}
		means[j] /= float64(n)
		for i := range n {
			m.Set(i, j, m.At(i, j)-means[j])
		}
	}
	return means
}

// toRows copies a matrix to rows.
func toRows(m mat.Matrix) [][]float64 {
	n, d := m.Dims()
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, d)
		for j := range out[i] {
			out[i][j] = m.At(i, j)
		}
	}
	return out
}
