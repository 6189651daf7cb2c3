package main

import (
	"fmt"
	"slices"
)

// linearityTable has the time a week over numbers of weeks. The added column
// leaves the start of the workers out: it is the time of the weeks beyond those of
// the row before, over their number.
func linearityTable(p *productResults) string {
	var rows [][]string
	for i, r := range p.Linearity {
		added := missing
		if i > 0 {
			before := p.Linearity[i-1]
			added = milliseconds((median(r.Seconds) - median(before.Seconds)) / float64(r.Weeks-before.Weeks))
		}
		rows = append(rows, []string{
			fmt.Sprint(r.Weeks), fmt.Sprintf("%.3g s", median(r.Wall)), fmt.Sprintf("%.3g s", median(r.Seconds)),
			milliseconds(median(r.Seconds) / float64(r.Weeks)), added, fmt.Sprintf("%.0f MB", r.PeakMB),
		})
	}
	return markdown([]string{"weeks of PAT-S", "start to end", "embedding", "a week", "a week added", "peak memory"}, rows)
}

func memoryTable(p *productResults) string {
	head := []string{"weeks"}
	for _, r := range p.Memory[sizes[0]] {
		head = append(head, fmt.Sprint(r.Weeks))
	}
	head = append(head, "goal", "")
	var rows [][]string
	for _, size := range measured(p.Memory) {
		row, most := []string{"PAT-" + size}, 0.0
		for _, r := range p.Memory[size] {
			row = append(row, fmt.Sprintf("%.0f MB", r.PeakMB))
			most = max(most, r.PeakMB)
		}
		rows = append(rows, append(row, fmt.Sprintf("%.0f MB", goals[size].memory), verdict(most <= goals[size].memory)))
	}
	return markdown(head, rows)
}

func startTable(p *productResults) string {
	seconds := func(v []float64) string {
		if len(v) == 0 {
			return missing
		}
		return fmt.Sprintf("%.2f s", median(v))
	}
	var rows [][]string
	for _, size := range measured(p.First) {
		f := p.First[size]
		rows = append(rows, []string{
			"PAT-" + size, seconds(f.CheckFirst), seconds(f.CheckAgain), seconds(f.FirstEver), seconds(f.Again),
			fmt.Sprintf("%g s", goalFirst), verdict(median(f.Again) <= goalFirst),
		})
	}
	return markdown([]string{"", "weights checked: first time", "again", "one week embedded: first time", "again", "goal", ""}, rows)
}

func cancelTable(p *productResults) string {
	var rows [][]string
	for _, size := range measured(p.Cancel) {
		c := p.Cancel[size]
		rows = append(rows, []string{"PAT-" + size, fmt.Sprintf("%.3f s", median(c)), fmt.Sprintf("%.3f s", slices.Max(c))})
	}
	return markdown([]string{"", "interrupt to end, median", "longest"}, rows)
}
