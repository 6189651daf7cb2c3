package app

import "strconv"

// CurvesTable lists the mean and the components by minute of day: each as a curve with
// a mean square of 1, and times the SD of its scores.
func (c DayComponents) CurvesTable() Table {
	t := Table{Name: "components", Header: []string{"minute", "clock", "mean"}}
	oneSD := make([][]float64, len(c.Curves))
	for k := range c.Curves {
		name := componentName(k)
		t.Header = append(t.Header, name, name+"_1sd")
		oneSD[k] = c.oneSD(k)
	}
	t.as(Integer, "minute")
	t.as(Real, t.Header[2:]...)
	for i, mean := range c.Mean {
		minute := i * c.Profile.BinMinutes
		row := []string{strconv.Itoa(minute), hourMinute(minute), number(mean)}
		for k, curve := range c.Curves {
			row = append(row, number(curve[i]), number(oneSD[k][i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func componentName(k int) string { return "component_" + strconv.Itoa(k+1) }

// ScoresTable lists the scores of the recordings of UsedOf with their group, and after
// them those that are left out, with the reason.
func (c DayComponents) ScoresTable(of CohortChart) Table {
	t := Table{Name: "component-scores", Header: []string{"subject", "recording", "source_sha256", "mask", "group"}}
	for k := range c.Curves {
		t.Header = append(t.Header, componentName(k))
	}
	t.as(Real, t.Header[5:]...)
	t.Header = append(t.Header, "reason")
	for i, r := range of.Rows {
		row := []string{r.Subject, r.ID, r.Source.SHA256, c.Used[i].Mask, ""}
		if of.By != nil {
			row[4] = of.Values.Of(r, *of.By).Text
		}
		for _, score := range c.Scores[i] {
			row = append(row, number(score))
		}
		t.Rows = append(t.Rows, append(row, ""))
	}
	for _, left := range c.Left {
		row := append([]string{left.Subject, left.ID, left.Source.SHA256, left.Mask}, make([]string, len(t.Header)-4)...)
		row[len(row)-1] = left.Reason
		t.Rows = append(t.Rows, row)
	}
	return t
}

// leftOut is a recording that is left out, in a side file.
type leftOut struct {
	Subject   string `json:"subject"`
	Recording string `json:"recording"`
	Reason    string `json:"reason"`
}

func (c DayComponents) sources(what string) Sources {
	left := make([]leftOut, len(c.Left))
	for i, one := range c.Left {
		left[i] = leftOut{one.Subject, one.ID, one.Reason}
	}
	sds := make([]float64, len(c.Curves))
	for k := range sds {
		sds[k] = c.ScoreSD(k)
	}
	return Sources{What: what, Details: map[string]any{
		"reference": componentsReference, "average_days": c.Profile, "options": c.Options, "unit": c.Unit,
		"explained": c.Explained, "score_sd": sds, "variance_kept_by_smoothing": c.Kept, "recordings": c.Used, "left_out": left,
	}}
}
