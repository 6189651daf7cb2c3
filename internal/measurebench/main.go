// Measurebench times measures on command, for scripts/peers/measures.py. It is for
// developers; the product has nothing of it.
//
// Usage: measurebench FILE WIDE.csv. A line of standard input is {"measure": NAME,
// "on": "one" or "cohort", "seconds": least time}; the answer is {"seconds": median
// of a pass over the recordings, "value": of the last recording} or {"error": why}.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/internal/wiring"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "measurebench:", err)
		os.Exit(1)
	}
}

// order asks for the time of one measure.
type order struct {
	Measure string  `json:"measure"`
	On      string  `json:"on"`
	Seconds float64 `json:"seconds"`
}

type answer struct {
	Seconds float64  `json:"seconds,omitempty"`
	Value   *float64 `json:"value"`
	Error   string   `json:"error,omitempty"`
}

func run(args []string, orders io.Reader, out io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("want a recording and a wide table, got %d arguments", len(args))
	}
	data := map[string][]*actigraphy.Recording{}
	for i, name := range []string{"one", "cohort"} {
		var err error
		if data[name], err = recordings(args[i]); err != nil {
			return err
		}
	}
	to := json.NewEncoder(out)
	if err := to.Encode(map[string]any{"recordings": map[string]int{"one": len(data["one"]), "cohort": len(data["cohort"])}}); err != nil {
		return err
	}
	lines := bufio.NewScanner(orders)
	for lines.Scan() {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			return err
		}
		if err := to.Encode(o.answer(data[o.On])); err != nil {
			return err
		}
	}
	return lines.Err()
}

func recordings(path string) (list []*actigraphy.Recording, err error) {
	err = format.Read(context.Background(), wiring.Readers(), path, format.Options{}, nil, func(r *actigraphy.Recording) error {
		list = append(list, r)
		return nil
	})
	return list, err
}

// answer passes over the recordings until the least time is over.
func (o order) answer(list []*actigraphy.Recording) answer {
	compute, err := computation(o.Measure)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var passes []float64
	var last float64
	for begun := time.Now(); len(passes) < 2 || time.Since(begun).Seconds() < o.Seconds; {
		start := time.Now()
		for _, r := range list {
			if last, err = compute(r); err != nil {
				return answer{Error: err.Error()}
			}
		}
		passes = append(passes, time.Since(start).Seconds())
	}
	slices.Sort(passes)
	a := answer{Seconds: passes[len(passes)/2]}
	if !math.IsNaN(last) {
		a.Value = &last
	}
	return a
}

// computation returns what computes a measure, or the epochs of sleep or rest of a scoring,
// as pyActigraphy defines them. Nothing is kept from one call to the next.
func computation(id string) (func(*actigraphy.Recording) (float64, error), error) {
	if a, ok := sleep.Find(metrics.PyActigraphy, id); ok {
		return func(r *actigraphy.Recording) (float64, error) {
			s, err := a.Score(r, nil)
			return float64(s.Count(sleep.Asleep) + s.Count(sleep.Rest)), err
		}, nil
	}
	m, ok := metrics.Find(metrics.PyActigraphy, id)
	if !ok {
		return nil, fmt.Errorf("there is no measure %q", id)
	}
	return func(r *actigraphy.Recording) (float64, error) {
		return m.Compute(metrics.Input{Recording: r}).Value, nil
	}, nil
}
