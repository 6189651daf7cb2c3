package app

import (
	"strconv"

	"circascope/explore"
)

// CompareTables lists a comparison as tables: a row a size, a row a pair of sizes
// and a row a participant, who is placed most differently first.
func CompareTables(c Comparison) []Table {
	return []Table{sizesTable(c), pairsTable(c), disagreementTable(c)}
}

func sizesTable(c Comparison) Table {
	t := Table{Name: "compare-sizes", Header: []string{
		"model", "weights_sha256", "weights_state", "scaler", "scaler_id", "preparation", "precision", "weeks", "people",
		"seconds_per_week_median", "seconds_per_week_q1", "seconds_per_week_q3",
		"machine_seconds_per_week", "machine_peak_memory_mb", "machine_measured_in", "weeks_left", "seconds_left_estimate",
	}}
	for i := range components {
		t.Header = append(t.Header, "explained_variance_"+strconv.Itoa(i+1))
	}
	t.as(Integer, "weeks", "people", "weeks_left")
	t.as(Real, "seconds_*", "machine_seconds_per_week", "machine_peak_memory_mb", "explained_variance_*")
	for _, s := range c.Sizes {
		row := []string{
			"PAT-" + string(s.Model), s.Weights, string(c.State), c.Scaler, c.ScalerID, c.Preparation, c.Precision,
			strconv.Itoa(c.Weeks), strconv.Itoa(c.People), number(s.Seconds.Median), number(s.Seconds.Q1), number(s.Seconds.Q3),
		}
		row = append(row, s.machine(c.Advice)...)
		for i := range components {
			row = append(row, at(s.Variance, i))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// machine lists what was measured of a size on this machine, with empty cells for
// what was not.
func (s ComparedSize) machine(a Advice) []string {
	cells := make([]string, 5)
	if s.Speed != nil {
		cells[0], cells[2] = number(s.Speed.PerWeek()), string(s.Speed.Source)
		if s.Speed.PeakRSS > 0 {
			cells[1] = number(s.Speed.PeakRSS)
		}
	}
	for _, left := range a.Sizes {
		if left.Model == s.Model {
			cells[3], cells[4] = strconv.Itoa(left.Weeks), pointed(left.Seconds)
		}
	}
	return cells
}

func at(values []float64, i int) string {
	if i >= len(values) {
		return ""
	}
	return number(values[i])
}

func pointed(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

func pairsTable(c Comparison) Table {
	t := Table{Name: "compare-pairs", Header: []string{
		"a", "b", "weeks", "people", "cka_debiased", "cka_debiased_shuffled_mean", "cka_debiased_shuffled_p95", "cka_debiased_p",
		"cka_plain", "cka_plain_shuffled_mean", "cka_plain_shuffled_p95", "shuffles", "cka_reason",
		"neighbours", "neighbour_overlap", "neighbour_overlap_by_chance", "among_weeks", "neighbour_reason",
		"distance_spearman", "distance_reason", "procrustes_disparity", "procrustes_reason",
	}}
	t.as(Integer, "weeks", "people", "shuffles", "neighbours", "among_weeks")
	t.as(Real, "cka_debiased*", "cka_plain*", "neighbour_overlap*", "distance_spearman", "procrustes_disparity")
	for _, p := range c.Agreed.Pairs {
		why := p.CKA.Reason
		if why == "" {
			why = p.NullWhy
		}
		row := []string{"PAT-" + string(p.A), "PAT-" + string(p.B), strconv.Itoa(c.Weeks), strconv.Itoa(c.People), pointed(p.CKA.Value)}
		row = append(row, nullCells(p.Null, true)...)
		row = append(row, pointed(p.Plain.Value))
		row = append(row, nullCells(p.PlainNull, false)...)
		row = append(row,
			rounds(p.Null), why,
			strconv.Itoa(c.Agreed.Neighbours), pointed(p.Overlap.Value), number(c.Agreed.Chance), strconv.Itoa(c.Agreed.Among), p.Overlap.Reason,
			pointed(p.Distances.Value), p.Distances.Reason, pointed(p.Disparity.Value), p.Disparity.Reason)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func nullCells(n *explore.Null, p bool) []string {
	cells := []string{"", ""}
	if n != nil {
		cells = []string{number(n.Mean), number(n.P95)}
	}
	switch {
	case !p:
	case n == nil:
		cells = append(cells, "")
	default:
		cells = append(cells, number(n.P))
	}
	return cells
}

func rounds(n *explore.Null) string {
	if n == nil {
		return "0"
	}
	return strconv.Itoa(n.Rounds)
}

func disagreementTable(c Comparison) Table {
	t := Table{Name: "compare-people", Header: []string{"rank", "subject", "recording", "weeks", "neighbours_not_shared", "procrustes_shift", "reason"}}
	t.as(Integer, "rank", "weeks")
	t.as(Real, "neighbours_not_shared", "procrustes_shift")
	for i, d := range c.Agreed.People {
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(i + 1), d.Subject, d.Recording, strconv.Itoa(len(d.Weeks)), pointed(d.Neighbours.Value), pointed(d.Shift.Value), d.Neighbours.Reason,
		})
	}
	return t
}
