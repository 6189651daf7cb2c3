package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// missing stands in a cell without a figure.
const missing = "–"

// tables are all that the measurements can fill.
func tables(m measurements) []table {
	var t []table
	if p := m.peers; p != nil {
		t = append(t,
			table{"peers-run", runText(p.taken, fmt.Sprintf("%d rounds, turns of %g s", p.Plan.Rounds, p.Plan.Turn))},
			table{"goals", goalsTable(p)},
			table{"throughput", throughputTable(p)},
			table{"single", singleTable(p)},
			table{"bfloat16", bfloat16Table(p)},
			table{"versions", versionsTable(p)},
			table{"left-out", leftOutText(p)},
		)
	}
	if p := m.product; p != nil {
		t = append(t,
			table{"product-run", runText(p.taken, "")},
			table{"service", serviceTable(p)},
			table{"linearity", linearityTable(p)},
			table{"memory", memoryTable(p)},
			table{"start", startTable(p)},
			table{"cancel", cancelTable(p)},
		)
	}
	return t
}

// markdown writes a table; the first column is text, the others numbers.
func markdown(head []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(head)
	rule := slices.Repeat([]string{"---:"}, len(head))
	rule[0] = "---"
	line(rule)
	for _, r := range rows {
		line(r)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func runText(t taken, how string) string {
	m := t.Machine
	day, _, _ := strings.Cut(t.Started, "T")
	parts := []string{
		fmt.Sprintf("%s: %s, %d cores (%s), %.0f GB, %s", day, m.CPU, m.Cores, strings.Join(m.Features, ", "), m.MemoryGB, m.System),
		fmt.Sprintf("load before the run %.1f", m.Load), t.Circascope,
	}
	if how != "" {
		parts = append(parts, how)
	}
	text := strings.Join(parts, "; ") + "."
	if t.Note != "" {
		text += " **" + t.Note + "**"
	}
	return text
}

// rate writes weeks a second.
func rate(v float64) string { return fmt.Sprintf("%.4g", v) }

func milliseconds(seconds float64) string { return fmt.Sprintf("%.4g ms", 1e3*seconds) }

// counted returns a number of things: "1 thread", "2 threads".
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "missed"
}

// throughputTable has every peer at its best, and Circascope, a size after the
// other, the fastest first.
func throughputTable(p *peerResults) string {
	var rows [][]string
	for _, size := range measured(p.Sizes) {
		s := p.Sizes[size]
		own := s.Circascope["float32"]
		rows = append(rows, []string{
			fmt.Sprintf("**PAT-%s, Circascope**", size), counted(own.Workers, "worker"), rate(median(own.Rounds)),
			"1", fmt.Sprintf("%.0f MB", own.PeakMB), missing,
		})
		peers := s.in("float32")
		slices.SortStableFunc(peers, func(a, b peer) int {
			return cmp.Compare(median(b.Rounds), median(a.Rounds))
		})
		for _, o := range peers {
			rows = append(rows, []string{
				fmt.Sprintf("PAT-%s, %s", size, o.Name), o.Best.String(), rate(median(o.Rounds)),
				ratiosOf(own.Rounds, o.Rounds).String(), fmt.Sprintf("%.0f MB", o.PeakMB), fmt.Sprintf("%.1e", o.Error),
			})
		}
	}
	return markdown([]string{"", "best setting (processes × threads)", "weeks a second", "Circascope is faster by", "peak memory", "largest error"}, rows)
}

func singleTable(p *peerResults) string {
	var rows [][]string
	for _, size := range measured(p.Sizes) {
		s := p.Sizes[size]
		own := s.Circascope["float32"]
		rows = append(rows, []string{fmt.Sprintf("**PAT-%s, Circascope**", size), missing, milliseconds(median(own.SingleRounds)), "1"})
		peers := s.in("float32")
		slices.SortStableFunc(peers, func(a, b peer) int {
			return cmp.Compare(median(a.SingleRounds), median(b.SingleRounds))
		})
		for _, o := range peers {
			rows = append(rows, []string{
				fmt.Sprintf("PAT-%s, %s", size, o.Name), fmt.Sprint(o.SingleBest.Threads), milliseconds(median(o.SingleRounds)),
				ratiosOf(o.SingleRounds, own.SingleRounds).String(),
			})
		}
	}
	return markdown([]string{"", "threads", "one week", "Circascope is faster by"}, rows)
}

func bfloat16Table(p *peerResults) string {
	var rows [][]string
	for _, size := range measured(p.Sizes) {
		s := p.Sizes[size]
		best, ok := fastest(s.rivals("float32"))
		over := func(rounds []float64) string {
			if !ok {
				return missing
			}
			return ratiosOf(rounds, best.Rounds).String()
		}
		if own, ok := s.Circascope["bfloat16"]; ok {
			rows = append(rows, []string{
				fmt.Sprintf("**PAT-%s, Circascope**", size), counted(own.Workers, "worker"), rate(median(own.Rounds)),
				over(own.Rounds), ratiosOf(own.Rounds, s.Circascope["float32"].Rounds).String(), missing,
			})
		}
		for _, o := range s.rivals("bfloat16") {
			rows = append(rows, []string{
				fmt.Sprintf("PAT-%s, %s", size, o.Name), o.Best.String(), rate(median(o.Rounds)), over(o.Rounds), missing, fmt.Sprintf("%.1e", o.Error),
			})
		}
	}
	if len(rows) == 0 {
		return "Nothing was measured in bfloat16."
	}
	return markdown([]string{"", "best setting (processes × threads)", "weeks a second", "over the fastest float32 peer", "over Circascope's float32", "largest error"}, rows)
}

func versionsTable(p *peerResults) string {
	found := map[string]string{}
	for _, s := range p.Sizes {
		for _, o := range s.in("float32") {
			var versions []string
			for name, v := range o.Versions {
				versions = append(versions, name+" "+v)
			}
			slices.Sort(versions)
			found[o.Name] = strings.Join(versions, ", ")
		}
	}
	var rows [][]string
	for name, v := range found {
		rows = append(rows, []string{name, v})
	}
	slices.SortFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return markdown([]string{"peer", "versions"}, rows)
}

func leftOutText(p *peerResults) string {
	if len(p.Refused) == 0 {
		return "No peer was left out of this run."
	}
	lines := []string{"Left out of this run:", ""}
	for _, r := range p.Refused {
		lines = append(lines, fmt.Sprintf("- PAT-%s, `%s`: %s", r.Size, r.Peer, r.Reason))
	}
	return strings.Join(lines, "\n")
}
