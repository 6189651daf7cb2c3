package rdata

import (
	"math"
	"slices"
	"strings"
)

// value is an object of R: one kind of vector, a list, or something that is not
// kept.
type value struct {
	kind    kind
	ints    []int32   // logicals too; missing is naInt
	reals   []float64 // NaN where missing
	texts   []string  // "" where missing
	list    []*value
	names   []string // of a list's elements
	classes []string
	levels  []string // of a factor
	zone    string   // of times
	size    int      // elements of a vector
}

type kind uint8

const (
	other kind = iota
	ints
	reals
	texts
	list
)

const naInt = math.MinInt32

func (v *value) is(class string) bool { return slices.Contains(v.classes, class) }

// frame is a data frame with its name in the file.
type frame struct {
	name    string
	columns []*value
	names   []string
	rows    int
}

// frames collects the data frames in a value: itself, or those of a list.
func (v *value) frames(name string, found []frame) []frame {
	if v.kind != list {
		return found
	}
	if v.is("data.frame") {
		f := frame{name: name, columns: v.list, names: v.names}
		for _, c := range v.list {
			f.rows = max(f.rows, c.size)
		}
		return append(found, f)
	}
	for i, element := range v.list {
		inner := name
		if i < len(v.names) && v.names[i] != "" {
			inner = strings.TrimPrefix(name+"$"+v.names[i], "$")
		}
		found = element.frames(inner, found)
	}
	return found
}
