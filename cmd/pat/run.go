package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"circascope/actigraphy/prepare"
	"circascope/app"
	"circascope/models"
)

// runFlags are the choices of 'pat run'.
type runFlags struct {
	models    string
	scaler    string
	weekStart string
	missing   string
	clock     string
	maxFilled float64
	all, demo bool
	workers   int
	precision string
}

func (c *cli) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run --model S[,M,L] (--all | PARTICIPANT... | RECORDING...)",
		Short: "Embed the library's recordings with PAT and store the results with their provenance",
		Long: `Embed the library's recordings with PAT and store the results with their
provenance. A second run does only what is missing.

Only weights that you approved are used (see 'pat models approve'). The demo
weights that ship with the program need --demo; what they make says so.`,
		RunE: func(cmd *cobra.Command, ids []string) error {
			o, err := f.options(ids)
			if err != nil {
				return err
			}
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			report, err := wb.Run(cmd.Context(), o, c.progress())
			for _, note := range report.Notes {
				c.note("%s", note)
			}
			c.noteLatency(wb, report.Ran)
			var state *models.StateError
			if errors.As(err, &state) && state.State == models.Missing {
				return fmt.Errorf("%w ('pat models approve FILE'); or try the program with the demo weights (--demo)", err)
			}
			if err != nil && report.Done+report.Skipped == 0 {
				return err
			}
			if showErr := c.show(report, func(w io.Writer) error { return printRun(w, report) }); showErr != nil {
				return showErr
			}
			if err != nil {
				return err
			}
			return partly(report.Failed > 0)
		},
	}
	c.dbFlag(cmd)
	f.register(cmd)
	return cmd
}

func (f *runFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.models, "model", "", "sizes to run, separated by commas: S, M, L")
	flags.BoolVar(&f.all, "all", false, "embed every recording of the library")
	flags.StringVar(&f.scaler, "scaler", "", "cohort, refit, recording, nhanes47 or a scaler's file (default: the cohort's from 30 people on, else nhanes47; recording with first-sample)")
	flags.StringVar(&f.weekStart, "week-start", string(prepare.FirstMidnight), "first-midnight, first-sample or a weekday, for example monday")
	flags.StringVar(&f.missing, "missing", string(prepare.RefuseMissing), "weeks with missing minutes: refuse, or fill-mean (that person's mean at the minute of the day)")
	flags.StringVar(&f.clock, "clock", string(prepare.WallFirst), "weeks in which the clock changes: wall-first (minutes of the wall clock, the first pass of an hour that comes twice), wall-mean (the mean of both passes) or elapsed (minutes counted through)")
	flags.Float64Var(&f.maxFilled, "max-filled", prepare.DefaultOptions().MaxFilled, "largest share of minutes that fill-mean may fill")
	flags.BoolVar(&f.demo, "demo", false, "use the demo weights that ship with the program")
	flags.IntVar(&f.workers, "workers", 0, "single-threaded workers (default: one a core)")
	precisionFlag(flags, &f.precision)
}

func (f *runFlags) options(ids []string) (app.RunOptions, error) {
	sizes, err := parseSizes(f.models)
	if err != nil {
		return app.RunOptions{}, usageError{err}
	}
	if f.all == (len(ids) > 0) {
		return app.RunOptions{}, usageError{errors.New("name participants or recordings, or give --all; 'pat list' shows them")}
	}
	if f.workers < 0 {
		return app.RunOptions{}, usageError{errWorkers(f.workers)}
	}
	if err := checkPrecision(f.precision); err != nil {
		return app.RunOptions{}, usageError{err}
	}
	choice, err := parseScaler(f.scaler)
	if err != nil {
		return app.RunOptions{}, err
	}
	p := prepare.DefaultOptions()
	p.WeekStart, p.Missing, p.MaxFilled, p.Clock = prepare.WeekStart(f.weekStart), prepare.Missing(f.missing), f.maxFilled, prepare.ClockRule(f.clock)
	if err := p.Validate(); err != nil {
		return app.RunOptions{}, usageError{err}
	}
	return app.RunOptions{Models: sizes, Recordings: app.OnlyOrAll(ids), Prepare: p, Scaler: choice, AllowDemo: f.demo, Workers: f.workers, Precision: f.precision}, nil
}

func errWorkers(n int) error { return fmt.Errorf("--workers %d: want 0 or more", n) }

func parseSizes(list string) ([]models.Size, error) {
	if list == "" {
		return nil, errors.New("give --model with S, M or L, or several separated by commas")
	}
	var sizes []models.Size
	for name := range strings.SplitSeq(list, ",") {
		size := models.Size(strings.ToUpper(strings.TrimSpace(name)))
		if _, err := models.SpecOf(size); err != nil {
			return nil, err
		}
		if !slices.Contains(sizes, size) {
			sizes = append(sizes, size)
		}
	}
	return sizes, nil
}

// parseScaler reads the name of a scaler, or the scaler in a file of that name.
func parseScaler(name string) (app.ScalerChoice, error) {
	switch kind := app.ScalerKind(name); kind {
	case app.ScalerDefault, app.ScalerCohort, app.ScalerRefit, app.ScalerRecording, app.ScalerShipped:
		return app.ScalerChoice{Kind: kind}, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return app.ScalerChoice{}, fmt.Errorf("--scaler takes cohort, refit, recording, nhanes47 or a file: %w", app.ReadProblem(name, err))
	}
	defer file.Close()
	s, err := prepare.ReadScaler(file)
	if err != nil {
		return app.ScalerChoice{}, fmt.Errorf("reading the scaler %s: %w", name, err)
	}
	return app.ScalerChoice{Kind: app.ScalerFile, File: &s}, nil
}

func printRun(w io.Writer, r app.RunReport) error {
	for _, m := range r.Models {
		fmt.Fprintf(w, "PAT-%s: %d embedded, %d already there, %.1f s on the %s in %s\n", m.Model, m.Done, m.Skipped, m.Seconds, m.Device, m.Precision)
	}
	for _, p := range r.Problems {
		fmt.Fprintln(w, printable(fmt.Sprintf("left out: %s %s: %s", p.Subject, p.Start, p.Reason)))
	}
	if r.Demo {
		fmt.Fprintln(w, "Made with demo weights: for trying the program, not for research.")
	}
	_, err := fmt.Fprintf(w, "%s, scaler %s\n", r.Summary(), r.Scaler)
	return err
}
