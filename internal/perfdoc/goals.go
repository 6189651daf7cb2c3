package main

import "fmt"

// What Circascope aims at. Latencies are seconds, memory is MB.
const (
	goalThroughput = 1.4 // over the fastest peer
	goalSingle     = 1.2 // over the quickest peer
	goalFirst      = 0.8 // from the program's start to one embedding
)

// sizeGoal is what is quoted for one size.
type sizeGoal struct {
	memory        float64 // of a run of any number of weeks
	p95           float64 // of a service's embedding
	serviceMemory float64
	perMinute     float64
}

var goals = map[string]sizeGoal{
	"S": {memory: 400, p95: 0.25, serviceMemory: 256, perMinute: 240},
	"M": {memory: 450, p95: 0.5, serviceMemory: 512, perMinute: 120},
	"L": {memory: 500, p95: 0.9, serviceMemory: 1024, perMinute: 60},
}

// goalsTable sets Circascope beside the best peer of each size.
func goalsTable(p *peerResults) string {
	var rows [][]string
	for _, size := range measured(p.Sizes) {
		s := p.Sizes[size]
		own := s.Circascope["float32"]
		if best, ok := fastest(s.rivals("float32")); ok {
			r := ratiosOf(own.Rounds, best.Rounds)
			rows = append(rows, []string{
				fmt.Sprintf("PAT-%s, throughput", size), best.Name, best.Best.String(), r.String(),
				fmt.Sprintf("%g", goalThroughput), verdict(median(r) >= goalThroughput),
			})
		}
		if best, ok := quickest(s.rivals("float32")); ok {
			r := ratiosOf(best.SingleRounds, own.SingleRounds)
			rows = append(rows, []string{
				fmt.Sprintf("PAT-%s, one single week", size), best.Name, counted(best.SingleBest.Threads, "thread"), r.String(),
				fmt.Sprintf("%g", goalSingle), verdict(median(r) >= goalSingle),
			})
		}
	}
	return markdown([]string{"", "best peer", "its setting (processes × threads)", "Circascope is faster by", "goal", ""}, rows)
}

// serviceTable sets the figures beside the targets that are quoted for services.
func serviceTable(p *productResults) string {
	var rows [][]string
	for _, size := range measured(p.Service) {
		s, g := p.Service[size], goals[size]
		rows = append(rows,
			[]string{
				fmt.Sprintf("PAT-%s, latency, p95", size), milliseconds(s.Single.P95),
				fmt.Sprintf("%.0f ms", 1e3*g.p95), verdict(s.Single.P95 <= g.p95),
			},
			[]string{
				fmt.Sprintf("PAT-%s, peak memory", size), fmt.Sprintf("%.0f MB", s.PeakMB),
				fmt.Sprintf("%.0f MB", g.serviceMemory), verdict(s.PeakMB <= g.serviceMemory),
			},
			[]string{
				fmt.Sprintf("PAT-%s, embeddings a minute", size), fmt.Sprintf("%.0f", s.WeeksPerMinute),
				fmt.Sprintf("%.0f", g.perMinute), verdict(s.WeeksPerMinute >= g.perMinute),
			},
		)
	}
	return markdown([]string{"", "measured", "target", ""}, rows)
}
