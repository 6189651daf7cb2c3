package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"circascope/inference"
	"circascope/models"
)

// Condition is what results of different sizes must have in common to be compared.
// Results under different conditions are never mixed.
type Condition struct {
	ScalerID    string       `json:"scaler_id"`
	Preparation string       `json:"preparation"`
	Minutes     int          `json:"minutes"`
	State       models.State `json:"weights_state"`
	Precision   string       `json:"precision"`
}

func (g Group) condition() Condition {
	return Condition{g.ScalerID, g.Preparation, g.Minutes, g.WeightsState, g.Precision}
}

// Comparable is the sets, one a size and the smallest size first, that were made
// under one condition.
type Comparable struct {
	Condition
	Sets  []EmbeddingSet
	Notes []string // what the user must know of the sets
}

// Label describes the condition, for example
// "S M L, demo weights, scaler nhanes47, float32".
func (c Comparable) Label() string {
	sizes := make([]string, len(c.Sizes()))
	for i, s := range c.Sizes() {
		sizes[i] = string(s)
	}
	label := fmt.Sprintf("%s, %s weights, scaler %s, %s", strings.Join(sizes, " "), c.State, c.Sets[0].ScalerName, c.Precision)
	if c.Minutes != models.WeekMinutes {
		label += fmt.Sprintf(", %d minutes", c.Minutes)
	}
	return label
}

// Sizes returns the sizes that were run, smallest first.
func (c Comparable) Sizes() []models.Size {
	sizes := make([]models.Size, len(c.Sets))
	for i, s := range c.Sets {
		sizes[i] = s.Model
	}
	return sizes
}

// Comparables lists what can be compared: those with the most sizes first, then
// those computed last.
func (wb *Workbench) Comparables(ctx context.Context) ([]Comparable, error) {
	sets, err := wb.EmbeddingSets(ctx, "")
	if err != nil {
		return nil, err
	}
	return byCondition(sets), nil
}

// byCondition groups sets, which come newest first.
func byCondition(sets []EmbeddingSet) []Comparable {
	var list []Comparable
	index := map[Condition]int{}
	for _, s := range sets {
		at, ok := index[s.condition()]
		if !ok {
			at = len(list)
			index[s.condition()] = at
			list = append(list, Comparable{Condition: s.condition()})
		}
		list[at].add(s)
	}
	for i := range list {
		slices.SortFunc(list[i].Sets, func(a, b EmbeddingSet) int { return sizeOrder(a.Model) - sizeOrder(b.Model) })
		list[i].noteEngines()
	}
	slices.SortStableFunc(list, func(a, b Comparable) int { return cmp.Compare(len(b.Sets), len(a.Sets)) })
	return list
}

// add takes a set of a size, or notes that a newer one was taken.
func (c *Comparable) add(s EmbeddingSet) {
	for _, have := range c.Sets {
		if have.Model == s.Model {
			c.Notes = append(c.Notes, fmt.Sprintf("PAT-%s was run in more than one way; those computed last are compared, with weights %s and %s %s on the %s.",
				s.Model, shortHash(have.WeightsSHA), have.Engine, have.EngineVersion, have.DeviceKind))
			return
		}
	}
	c.Sets = append(c.Sets, s)
}

// noteEngines says where the sizes were not computed by the same means.
func (c *Comparable) noteEngines() {
	means := func(s EmbeddingSet) string {
		return fmt.Sprintf("%s %s on the %s", s.Engine, s.EngineVersion, s.DeviceKind)
	}
	for _, s := range c.Sets[1:] {
		if means(s) != means(c.Sets[0]) {
			c.Notes = append(c.Notes, fmt.Sprintf("PAT-%s was computed by %s, PAT-%s by %s.", c.Sets[0].Model, means(c.Sets[0]), s.Model, means(s)))
		}
	}
}

// only keeps the sizes asked for; none asks for all.
func (c Comparable) only(sizes []models.Size) Comparable {
	if len(sizes) > 0 {
		c.Sets = slices.DeleteFunc(slices.Clone(c.Sets), func(s EmbeddingSet) bool { return !slices.Contains(sizes, s.Model) })
	}
	return c
}

// CompareOptions choose what is compared; empty fields select all.
type CompareOptions struct {
	Models    []models.Size
	State     models.State // of the weights
	Scaler    string       // its id or name
	Condition *Condition   // exactly this one
}

func (o CompareOptions) takes(c Comparable) bool {
	scaler := o.Scaler == "" || o.Scaler == c.ScalerID || o.Scaler == c.Sets[0].ScalerName
	return scaler && (o.State == "" || o.State == c.State) && (o.Condition == nil || *o.Condition == c.Condition)
}

// choose returns what to compare, and what else could be. A Comparable without
// sets says that there is nothing.
func (o CompareOptions) choose(list []Comparable) (chosen Comparable, others []Comparable) {
	for _, c := range list {
		picked := c.only(o.Models)
		switch {
		case len(picked.Sets) == 0:
		case o.takes(c) && len(picked.Sets) > len(chosen.Sets):
			if len(chosen.Sets) > 0 {
				others = append(others, chosen)
			}
			chosen = picked
		default:
			others = append(others, picked)
		}
	}
	return chosen, others
}

type weekKey struct{ recording, start string }

func keyOf(r inference.Result) weekKey { return weekKey{r.Recording, r.WeekStart} }

// commonWeeks returns the sets on the weeks that all hold, in one order, and how
// many weeks that leaves out.
func commonWeeks(sets []EmbeddingSet) (common []EmbeddingSet, left int) {
	count := map[weekKey]int{}
	for _, s := range sets {
		for _, r := range s.Results {
			count[keyOf(r)]++
		}
	}
	for _, n := range count {
		if n < len(sets) {
			left++
		}
	}
	for _, s := range sets {
		kept := s
		kept.Results = nil
		for _, r := range s.Results {
			if count[keyOf(r)] == len(sets) {
				kept.Results = append(kept.Results, r)
			}
		}
		slices.SortStableFunc(kept.Results, inOrder)
		common = append(common, kept)
	}
	return common, left
}

// inOrder is the one order of weeks for all sets: two recordings of a participant
// may begin at the same minute.
func inOrder(a, b inference.Result) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.WeekStart, b.WeekStart), cmp.Compare(a.Recording, b.Recording))
}
