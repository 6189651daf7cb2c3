package app

import (
	"encoding/json"
	"fmt"

	"circascope/actigraphy/measured"
	"circascope/actigraphy/metrics"
)

// formulas are measures with the ids of their formulas.
type formulas struct {
	measures []metrics.Metric
	list     []measured.Formula
	ids      []string
}

func newFormulas(measures []metrics.Metric) formulas {
	f := formulas{measures: measures}
	for _, m := range measures {
		formula := measured.Formula{
			Measure: m.ID, Definition: string(m.Definition), Parameters: parameterList(m.Parameters), Version: m.Version(), Unit: m.Unit,
		}
		f.list, f.ids = append(f.list, formula), append(f.ids, formula.ID())
	}
	return f
}

// parameterList writes parameters as measured.Formula has them.
func parameterList(list []metrics.Parameter) string {
	pairs := make([][2]string, len(list))
	for i, p := range list {
		pairs[i] = [2]string{p.Name, p.Value}
	}
	b, err := json.Marshal(pairs)
	if err != nil {
		panic(fmt.Sprintf("app: parameters of plain strings did not marshal: %v", err))
	}
	return string(b)
}

// toKeep returns what is stored of a value that the measure gave.
func toKeep(m metrics.Metric, v metrics.Value) measured.Value {
	kept := measured.Value{Value: v.Value, Reason: v.Reason, Note: v.Note}
	for _, p := range v.Parts {
		kept.Parts = append(kept.Parts, measured.Part(p))
	}
	if settled := parameterList(v.Parameters); settled != parameterList(m.Parameters) {
		kept.Settled = settled
	}
	return kept
}

// asGiven returns the value that a measure once gave.
func asGiven(m metrics.Metric, kept measured.Value) (metrics.Value, error) {
	v := metrics.Value{Metric: m, Value: kept.Value, Reason: kept.Reason, Note: kept.Note}
	for _, p := range kept.Parts {
		v.Parts = append(v.Parts, metrics.Part(p))
	}
	if kept.Settled == "" {
		return v, nil
	}
	var pairs [][2]string
	if err := json.Unmarshal([]byte(kept.Settled), &pairs); err != nil {
		return v, fmt.Errorf("the parameters that %s was computed with: %w", m.ID, err)
	}
	var err error
	if v.Metric, err = m.Restored(pairs); err != nil {
		return v, fmt.Errorf("the parameters that %s was computed with: %w", m.ID, err)
	}
	return v, nil
}
