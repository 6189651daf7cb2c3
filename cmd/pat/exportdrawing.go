package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/plots"
)

// drawingFlags are the choices of the charts that are also tables.
type drawingFlags struct {
	definition, band, measure, by string
	set                           []string
	bin                           int
	alpha                         float64
	whole, extended, diary        bool
	single, linear                bool
}

// drawingExports are charts for papers whose numbers are written where --out names a
// table.
func (c *cli) drawingExports() []*cobra.Command {
	return []*cobra.Command{
		c.drawingExport("average-day RECORDING", "The average day with its spread over days", drawAverageDay, averageDayFlags),
		c.drawingExport("cosinor RECORDING", "The cosinor over the average day or the whole recording", drawCosinor, cosinorFlags),
		c.drawingExport("scored-actogram RECORDING", "The actogram, double plotted, with sleep, wake, rest periods and the diary", drawScored, scoredFlags),
		c.drawingExport("periodogram RECORDING", "The chi-square and the Lomb-Scargle periodogram", drawPeriodogram, periodogramFlags),
		c.drawingExport("nights RECORDING", "Bed, sleep, awakenings and midsleep night by night", drawNights, nightFlags),
		c.drawingExport("distribution", "One measure over the recordings, by group", drawDistribution, distributionFlags),
	}
}

// drawer is what one drawing works on.
type drawer struct {
	*drawingFlags
	wb        *app.Workbench
	recording string // id; "" for drawings of the library
	progress  app.Progress
}

type drawingOf func(context.Context, drawer) (app.Drawing, error)

func (c *cli) drawingExport(use, short string, draw drawingOf, flags func(*cobra.Command, *drawingFlags)) *cobra.Command {
	f, g := new(exportFlags), new(drawingFlags)
	ofOne := use != "distribution"
	names := nothing
	if ofOne {
		names = one("recording or participant")
	}
	cmd := c.exportSub(use, short+": a chart, or its numbers where --out ends in .csv, .parquet or .xlsx", names, f, f.checkDrawing, func(e exporter) ([]string, error) {
		d := drawer{drawingFlags: g, wb: e.wb, progress: c.progress()}
		if ofOne {
			info, err := recordingNamed(e.cmd.Context(), e.wb, e.args[0])
			if err != nil {
				return nil, err
			}
			d.recording = info.ID
		}
		drawing, err := draw(e.cmd.Context(), d)
		if err != nil {
			return nil, err
		}
		return e.write(drawing)
	})
	chartFlags(cmd, f)
	flags(cmd, g)
	return cmd
}

// checkDrawing finds wrong usage before a library is opened.
func (f *exportFlags) checkDrawing() error {
	if _, err := app.TableFormatOf(f.out); err == nil {
		return nil
	}
	if _, err := app.FormatOf(f.out); err != nil {
		return fmt.Errorf("%s: charts are written as .png, .svg or .pdf, their numbers as .csv, .parquet or .xlsx; choose one of these endings", f.out)
	}
	return f.checkChart()
}

// write writes the chart, or its numbers.
func (e exporter) write(d app.Drawing) ([]string, error) {
	if _, err := app.TableFormatOf(e.out); err == nil {
		return e.wb.ExportTable(e.cmd.Context(), e.out, d.Data, d.Sources)
	}
	style, err := e.style()
	if err != nil {
		return nil, err
	}
	return e.wb.ExportChart(e.cmd.Context(), e.out, d.Chart, style, d.Sources)
}

func averageDayFlags(cmd *cobra.Command, f *drawingFlags) {
	cmd.Flags().IntVar(&f.bin, "bin", 10, "minutes of a bin; they divide a day")
	cmd.Flags().StringVar(&f.band, "band", "sd", "sd (mean and standard deviation) or quartiles (with the median)")
}

func drawAverageDay(ctx context.Context, d drawer) (app.Drawing, error) {
	bands := map[string]plots.Band{"sd": plots.BandSD, "quartiles": plots.BandQuartiles}
	band, ok := bands[d.band]
	if !ok {
		return app.Drawing{}, usageError{fmt.Errorf("--band %s: choose sd or quartiles", d.band)}
	}
	return d.wb.DrawAverageDay(ctx, d.recording, app.AverageDayOptions{BinMinutes: d.bin, Band: band})
}

func definedFlags(cmd *cobra.Command, f *drawingFlags) {
	cmd.Flags().StringVar(&f.definition, "definition", "", definitionHelp)
	cmd.Flags().StringArrayVar(&f.set, "set", nil, "a parameter of the measures behind it, name=value; may be given again; 'pat metrics dictionary' lists them")
}

func cosinorFlags(cmd *cobra.Command, f *drawingFlags) {
	definedFlags(cmd, f)
	cmd.Flags().BoolVar(&f.whole, "whole", false, "the whole recording in place of the average day")
	cmd.Flags().BoolVar(&f.extended, "extended", false, "the extended cosinor, too")
}

func drawCosinor(ctx context.Context, d drawer) (app.Drawing, error) {
	definition, err := definitionOf(d.definition)
	if err != nil {
		return app.Drawing{}, usageError{err}
	}
	return d.wb.DrawCosinor(ctx, d.recording, app.CosinorOptions{Definition: definition, Set: d.set, Whole: d.whole, Extended: d.extended})
}

func distributionFlags(cmd *cobra.Command, f *drawingFlags) {
	definedFlags(cmd, f)
	cmd.Flags().StringVar(&f.measure, "measure", "", "id of the measure, see 'pat metrics dictionary'")
	cmd.Flags().StringVar(&f.by, "by", "", "column or variable of a table of participants to group by (default: one group)")
}

func drawDistribution(ctx context.Context, d drawer) (app.Drawing, error) {
	definition, err := definitionOf(d.definition)
	if err != nil {
		return app.Drawing{}, usageError{err}
	}
	if d.measure == "" {
		return app.Drawing{}, usageError{errors.New("give --measure with the id of a measure; 'pat metrics dictionary' lists them")}
	}
	study, err := d.wb.Study(ctx)
	if err != nil {
		return app.Drawing{}, err
	}
	o := app.DistributionOptions{Recordings: app.All(), Definition: definition, Measure: d.measure, Set: d.set, By: d.by}
	if _, err := o.Metric(study); err != nil {
		return app.Drawing{}, usageError{err}
	}
	return d.wb.DrawDistribution(ctx, o, d.progress)
}

func nightFlags(cmd *cobra.Command, f *drawingFlags) {
	definedFlags(cmd, f)
	cmd.Flags().BoolVar(&f.diary, "diary", false, "rest periods of the sleep diary; else they are found as --set rest=... says")
}

func scoredFlags(cmd *cobra.Command, f *drawingFlags) {
	nightFlags(cmd, f)
	cmd.Flags().BoolVar(&f.single, "single", false, "24 hours a row, not 48")
	cmd.Flags().BoolVar(&f.linear, "linear", false, "linear colours instead of logarithmic ones")
}

func drawScored(ctx context.Context, d drawer) (app.Drawing, error) {
	nights, err := d.nights()
	if err != nil {
		return app.Drawing{}, err
	}
	return d.wb.DrawScored(ctx, d.recording, app.ScoredOptions{NightOptions: nights, Single: d.single, Linear: d.linear})
}

// nights is how nights are found.
func (d drawer) nights() (app.NightOptions, error) {
	definition, err := definitionOf(d.definition)
	if err != nil {
		return app.NightOptions{}, usageError{err}
	}
	return app.NightOptions{Definition: definition, Set: d.set, Diary: d.diary}, nil
}

func drawNights(ctx context.Context, d drawer) (app.Drawing, error) {
	nights, err := d.nights()
	if err != nil {
		return app.Drawing{}, err
	}
	return d.wb.DrawNights(ctx, d.recording, nights)
}

func periodogramFlags(cmd *cobra.Command, f *drawingFlags) {
	definedFlags(cmd, f)
	cmd.Flags().Float64Var(&f.alpha, "alpha", 0.05, "probability of the level of significance, over all periods")
}

func drawPeriodogram(ctx context.Context, d drawer) (app.Drawing, error) {
	definition, err := definitionOf(d.definition)
	if err != nil {
		return app.Drawing{}, usageError{err}
	}
	if !(d.alpha > 0 && d.alpha < 1) {
		return app.Drawing{}, usageError{fmt.Errorf("--alpha %v: want a number between 0 and 1", d.alpha)}
	}
	return d.wb.DrawPeriodogram(ctx, d.recording, app.PeriodogramOptions{Definition: definition, Set: d.set, Alpha: d.alpha})
}
