package tensorflow

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"circascope/inference"
	"circascope/models"
)

// BenchmarkWeek measures seconds a week of 10,080 minutes with every core at
// work, plain and folded.
func BenchmarkWeek(b *testing.B) {
	weights := loadWeights(b, models.Sizes()...)
	week := load(b, "inputs/weeks8").row(0)
	for _, size := range models.Sizes() {
		for _, name := range []string{"plain", "folded"} {
			b.Run(fmt.Sprintf("%s/%s", size, name), func(b *testing.B) {
				e := openGraph(b, weights[size], name, inference.Options{})
				embedRepeated(b, e, week, e.Runtime().Workers) // graphs are built at the first week
				cpu := cpuSeconds(b)
				b.ResetTimer()
				embedRepeated(b, e, week, b.N)
				b.ReportMetric((cpuSeconds(b)-cpu)/float64(b.N), "core-s/week")
				b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/week")
				b.ReportMetric(peakMB(b), "peak-MB")
			})
		}
	}
}

// BenchmarkMemory embeds a thousand weeks and reports how much the process grew
// over the last nine hundred.
func BenchmarkMemory(b *testing.B) {
	w := loadWeights(b, models.Small)[models.Small]
	week := load(b, "inputs/weeks8").row(0)
	for b.Loop() {
		e := openGraph(b, w, "folded", inference.Options{Profiles: true})
		embedRepeated(b, e, week, 100)
		before := statusMB(b, "VmRSS:")
		embedRepeated(b, e, week, 900)
		b.ReportMetric(statusMB(b, "VmRSS:")-before, "growth-MB")
	}
}

func embedRepeated(b *testing.B, e inference.Engine, week []float32, n int) {
	b.Helper()
	err := e.Embed(context.Background(), func(yield func(inference.Week, error) bool) {
		for range n {
			if !yield(inference.Week{Values: week}, nil) {
				return
			}
		}
	}, func(inference.Embedding) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
}

func peakMB(b *testing.B) float64 { return statusMB(b, "VmHWM:") }

// cpuSeconds returns the processor time this process has used: on a busy machine
// it tells more than the clock.
func cpuSeconds(b testing.TB) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// statusMB returns a memory figure of Linux's /proc/self/status, 0 elsewhere.
func statusMB(b *testing.B, field string) float64 {
	b.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), field)
	var kB float64
	if _, err := fmt.Sscan(rest, &kB); err != nil {
		b.Fatalf("reading %s: %v", field, err)
	}
	return kB / 1024
}
