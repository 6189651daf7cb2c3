package tensorflow

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

const (
	// profileOf names the size and the precision that a child process embeds weeks
	// with while oneDNN tells of each of its operations.
	profileOf    = "CIRCASCOPE_TEST_PROFILE_OF"
	profileStart = "profile starts"
	profileWeeks = 5
)

// BenchmarkProfile tells where the time of a week goes, by operation, in percent
// of one worker's processor time. The rest is what oneDNN has no part in: sums,
// layer normalisation, copies, TensorFlow's own work, Go.
func BenchmarkProfile(b *testing.B) {
	for _, precision := range []string{float32Precision, bfloat16Precision} {
		for _, size := range models.Sizes() {
			b.Run(precision+"/"+string(size), func(b *testing.B) {
				if precision == bfloat16Precision && !hasBfloat16() {
					b.Skip("this processor has no bfloat16")
				}
				for b.Loop() {
					p := profiled(b, size, precision)
					for kind, ms := range p.ms {
						b.ReportMetric(100*ms/p.total, kind+"-%")
					}
					b.ReportMetric(p.total/profileWeeks, "core-ms/week")
				}
			})
		}
	}
}

// TestProfiledWeeks is the child of BenchmarkProfile.
func TestProfiledWeeks(t *testing.T) {
	what := os.Getenv(profileOf)
	if what == "" {
		t.Skip("it works for BenchmarkProfile alone")
	}
	precision, size, _ := strings.Cut(what, "/")
	w := loadWeights(t, models.Size(size))[models.Size(size)]
	e := openGraph(t, w, "folded", inference.Options{Workers: 1, Precision: precision})
	weeks := make([]inference.Week, profileWeeks)
	for i := range weeks {
		weeks[i].Values = load(t, "inputs/weeks8").row(i)
	}
	collect(t, e, weeks[:2]) // graphs and kernels are made at the first weeks
	fmt.Println(profileStart)
	before := cpuSeconds(t)
	collect(t, e, weeks)
	fmt.Println("total", 1000*(cpuSeconds(t)-before))
}

// operations are milliseconds of some weeks.
type operations struct {
	ms    map[string]float64 // by kind
	total float64
}

func profiled(b *testing.B, size models.Size, precision string) operations {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestProfiledWeeks$")
	cmd.Env = append(os.Environ(), "ONEDNN_VERBOSE=1", profileOf+"="+precision+"/"+string(size))
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	_, lines, _ := strings.Cut(string(out), profileStart)
	spec, err := models.SpecOf(size)
	if err != nil {
		b.Fatal(err)
	}
	p := operations{ms: make(map[string]float64)}
	times := make(map[[2]string][]float64) // by kind and sizes
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if total, ok := strings.CutPrefix(line, "total "); ok {
			p.total = number64(b, total)
		}
		if fields := strings.Split(line, ","); len(fields) > 6 && fields[0] == "onednn_verbose" && fields[3] == "exec" {
			sizes := fields[len(fields)-2]
			key := [2]string{kindOf(spec, fields[5], sizes), sizes}
			times[key] = append(times[key], number64(b, fields[len(fields)-1]))
		}
	}
	sum := 0.0
	for key, of := range times {
		// The median leaves out those that another program interrupted.
		ms := median(of) * float64(len(of))
		p.ms[key[0]] += ms
		sum += ms
	}
	p.ms["rest"] = p.total - sum
	return p
}

// kindOf tells what an operation of oneDNN is for, by the sizes of its product,
// for example 480x96:96x1120.
func kindOf(spec models.Spec, primitive, problem string) string {
	if primitive == "softmax" || primitive == "reorder" {
		return primitive
	}
	left, right, ok := strings.Cut(problem, ":")
	if !ok {
		return primitive
	}
	_, inner, _ := strings.Cut(left, "x")
	_, outer, _ := strings.Cut(right, "x")
	tokens, hidden := strconv.Itoa(models.WeekMinutes/spec.Patch), strconv.Itoa(models.FeedForward)
	switch {
	case outer == tokens:
		return "scores"
	case inner == tokens:
		return "context"
	case inner == hidden || outer == hidden:
		return "feed-forward"
	case inner == strconv.Itoa(spec.Patch):
		return "patches"
	case outer == strconv.Itoa(models.Dim):
		return "output"
	}
	return "queries"
}

func number64(b *testing.B, text string) float64 {
	b.Helper()
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		b.Fatal(err)
	}
	return v
}
