package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
)

// benchFlags are the choices of 'pat bench'.
type benchFlags struct {
	model, weights, precision string
	batch, workers, weeks     int
	seconds                   float64
	demo                      bool
}

func (c *cli) benchCommand() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench (--model S|M|L | --weights FILE.h5)",
		Short: "Measure the speed of a model on this machine",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return usageError{err}
			}
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			defer wb.Close()
			w, err := c.benched(cmd, f, wb)
			if err != nil {
				return err
			}
			b, err := wb.Bench(cmd.Context(), w, inference.Options{Workers: f.workers, Precision: f.precision}, f.length())
			c.noteLatencyProblem(wb)
			if err != nil {
				return err
			}
			return c.show(b, func(w io.Writer) error { return printBench(w, b) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.model, "model", "", "S, M or L, from the approved weights")
	flags.StringVar(&f.weights, "weights", "", "weights file, approved for this run alone")
	flags.IntVar(&f.batch, "batch", 1, "weeks at once in a worker; only 1")
	flags.IntVar(&f.workers, "workers", 0, "single-threaded workers (default: one a core)")
	flags.Float64Var(&f.seconds, "seconds", 10, "how long to measure")
	flags.IntVar(&f.weeks, "weeks", 0, "measure the throughput of so many weeks instead of --seconds")
	precisionFlag(flags, &f.precision)
	flags.BoolVar(&f.demo, "demo", false, "use the demo weights that ship with the program")
	return cmd
}

func (f benchFlags) check() error {
	switch {
	case (f.model == "") == (f.weights == ""):
		return errors.New("give either --model or --weights")
	case f.batch != 1:
		return fmt.Errorf("--batch %d: workers embed one week at a time; several workers are the faster batch", f.batch)
	case f.workers < 0:
		return errWorkers(f.workers)
	case !(f.seconds > 0 && f.seconds <= 3600):
		return fmt.Errorf("--seconds %g: want more than 0 and at most 3600", f.seconds)
	}
	if f.weeks < 0 {
		return fmt.Errorf("--weeks %d: want 0 or more", f.weeks)
	}
	return checkPrecision(f.precision)
}

// length returns for how long or for how many weeks to measure.
func (f benchFlags) length() app.BenchLength {
	return app.BenchLength{Time: time.Duration(f.seconds * float64(time.Second)), Weeks: f.weeks}
}

// benched loads the weights to measure.
func (c *cli) benched(cmd *cobra.Command, f benchFlags, wb *app.Workbench) (*models.Weights, error) {
	if f.weights != "" {
		return c.trustOnce(cmd, wb, f.weights)
	}
	sizes, err := parseSizes(f.model)
	if err != nil {
		return nil, usageError{err}
	}
	if len(sizes) != 1 {
		return nil, usageError{errors.New("--model takes one size here")}
	}
	return wb.Weights(cmd.Context(), sizes[0], f.demo)
}

func printBench(w io.Writer, b app.Bench) error {
	_, err := fmt.Fprintf(w, "PAT-%s (%s) on the %s (%s), %s, %d workers\n"+
		"one week at a time: median %.4f s, p95 %.4f, p99 %.4f\n"+
		"%d weeks, all workers: %.4f s a week, %.0f a minute; each took median %.4f s, p95 %.4f, p99 %.4f\n"+
		"first result after %.2f s, peak memory %.0f MB\n",
		b.Model, b.State, b.Device, b.DeviceName, b.Precision, b.Workers,
		b.SingleWeek.Median, b.SingleWeek.P95, b.SingleWeek.P99,
		b.Weeks, b.Effective, b.WeeksPerMinute, b.SecondsPerWeek.Median, b.SecondsPerWeek.P95, b.SecondsPerWeek.P99,
		b.First, b.PeakRSS)
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintln(w, "on this machine so far, with these:"); err != nil {
		return err
	}
	return printLatency(w, b.Latency)
}
