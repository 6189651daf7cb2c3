package people

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Type is what the values of a variable are.
type Type string

// The types of variables. None has a unit: tables do not tell it.
const (
	Number   Type = "number"
	Category Type = "category" // words, or whole numbers that stand for them
	Date     Type = "date"     // written as 2006-01-02, with a time as 2006-01-02T15:04:05
	Text     Type = "text"
)

// Types lists the types.
func Types() []Type { return []Type{Number, Category, Date, Text} }

// Variable is a column of a table of participants.
type Variable struct {
	Name    string   `json:"name"` // the column's; behind a point the visit, where visits are kept apart
	Type    Type     `json:"type"`
	Missing int      `json:"missing"`          // people without a value
	Levels  []string `json:"levels,omitempty"` // of a category, in order
}

// Value is what a table tells of a participant.
type Value struct {
	Name string // of the variable
	Type Type
	Text string // "" where the table does not tell; numbers with a point
}

// Float returns a value as a number: NaN where there is none, and a date as years.
func (v Value) Float() float64 {
	switch v.Type {
	case Number:
		if f, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return f
		}
	case Date:
		return years(v.Text)
	}
	return math.NaN()
}

// Describe counts missing values and lists the levels of categories. People have one
// value a variable.
func Describe(variables []Variable, people []Person) {
	for i := range variables {
		v := &variables[i]
		v.Missing, v.Levels = 0, nil
		seen := map[string]bool{}
		for _, p := range people {
			switch text := p.Values[i]; {
			case text == "":
				v.Missing++
			case v.Type == Category && !seen[text]:
				seen[text] = true
				v.Levels = append(v.Levels, text)
			}
		}
		slices.SortFunc(v.Levels, compareText)
	}
}

// compareText puts numbers in their order, and before words.
func compareText(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil:
		return cmp.Compare(x, y)
	case errX == nil:
		return -1
	case errY == nil:
		return 1
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}

// CompareValues orders values: numbers by size and before words, without a value last.
func CompareValues(a, b Value) int {
	switch {
	case a.Text == "" || b.Text == "":
		return cmp.Compare(b.Text, a.Text) // "" after all else
	default:
		return compareText(a.Text, b.Text)
	}
}
