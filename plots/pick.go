package plots

import "math"

// PickIndex finds points of a scatter by place. It keeps the points in a grid
// over their range, so that a pick looks at a few and not at all of them.
type PickIndex struct {
	x, y     []float64
	min, max [2]float64
	side     int     // cells along each axis
	start    []int32 // of each cell's points in ids, and one past the end
	ids      []int32
}

// pointsPerCell is about how many points share a cell of the grid.
const pointsPerCell = 4

// NewPickIndex indexes points; those with NaN or infinite coordinates are never
// found. It keeps the slices: they must not change.
func NewPickIndex(x, y []float64) *PickIndex {
	n := min(len(x), len(y))
	ix := &PickIndex{x: x[:n], y: y[:n]}
	ix.min[0], ix.max[0], _ = span(x[:n])
	ix.min[1], ix.max[1], _ = span(y[:n])
	ix.side = max(1, int(math.Sqrt(float64(n)/pointsPerCell)))
	counts := make([]int32, ix.side*ix.side+1)
	cells := make([]int32, n)
	for i := range n {
		cells[i] = -1
		if finite(x[i]) && finite(y[i]) {
			cells[i] = int32(ix.column(0, x[i]) + ix.side*ix.column(1, y[i]))
			counts[cells[i]+1]++
		}
	}
	for k := 1; k < len(counts); k++ {
		counts[k] += counts[k-1]
	}
	ix.start = counts
	ix.ids = make([]int32, counts[len(counts)-1])
	next := append([]int32(nil), counts...)
	for i, cell := range cells {
		if cell >= 0 {
			ix.ids[next[cell]] = int32(i)
			next[cell]++
		}
	}
	return ix
}

// column returns the cell along an axis, clamped to the grid.
func (ix *PickIndex) column(axis int, v float64) int {
	extent := ix.max[axis] - ix.min[axis]
	if extent <= 0 {
		return 0
	}
	return int(min(max((v-ix.min[axis])/extent*float64(ix.side), 0), float64(ix.side-1)))
}

// Pick returns the point nearest to a pixel of a view, if one lies within radius
// pixels. Of points at one place the last is found, which is drawn on top.
func (ix *PickIndex) Pick(v Viewport, px, py, radius float64) (int, bool) {
	best, found := radius*radius, -1
	loX, loY := v.Data(px-radius, py+radius)
	hiX, hiY := v.Data(px+radius, py-radius)
	ix.within(loX, hiX, loY, hiY, func(i int) {
		qx, qy := v.Pixel(ix.x[i], ix.y[i])
		d := (qx-px)*(qx-px) + (qy-py)*(qy-py)
		if d < best || d == best && i > found {
			best, found = d, i
		}
	})
	return found, found >= 0
}

// Lasso returns the points inside a closed polygon of data coordinates, in
// order. The polygon may cross itself: a point is inside where a line from it
// crosses the polygon an odd number of times. Fewer than three corners hold
// nothing.
func (ix *PickIndex) Lasso(xs, ys []float64) []int {
	n := min(len(xs), len(ys))
	if n < 3 {
		return nil
	}
	loX, hiX, okX := span(xs[:n])
	loY, hiY, okY := span(ys[:n])
	if !okX || !okY {
		return nil
	}
	inside := make([]bool, len(ix.x))
	ix.within(loX, hiX, loY, hiY, func(i int) {
		inside[i] = InPolygon(ix.x[i], ix.y[i], xs[:n], ys[:n])
	})
	var ids []int
	for i, in := range inside {
		if in {
			ids = append(ids, i)
		}
	}
	return ids
}

// within calls visit for the points of the cells that a box touches; some lie
// outside the box.
func (ix *PickIndex) within(loX, hiX, loY, hiY float64, visit func(i int)) {
	if !(loX <= ix.max[0] && hiX >= ix.min[0] && loY <= ix.max[1] && hiY >= ix.min[1]) {
		return
	}
	for row := ix.column(1, loY); row <= ix.column(1, hiY); row++ {
		first, last := row*ix.side+ix.column(0, loX), row*ix.side+ix.column(0, hiX)
		for _, i := range ix.ids[ix.start[first]:ix.start[last+1]] {
			visit(int(i))
		}
	}
}

// InPolygon reports whether a point lies inside a closed polygon by the even-odd
// rule.
func InPolygon(x, y float64, xs, ys []float64) bool {
	inside := false
	j := len(xs) - 1
	for i := range xs {
		if (ys[i] > y) != (ys[j] > y) && x < xs[i]+(y-ys[i])/(ys[j]-ys[i])*(xs[j]-xs[i]) {
			inside = !inside
		}
		j = i
	}
	return inside
}
