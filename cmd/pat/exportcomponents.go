package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"circascope/app"
)

// componentFlags are the choices of the principal components of average days.
type componentFlags struct {
	profile app.ProfileOptions
	options app.ComponentOptions
	days    string
	by      string
	x, y    int
}

// componentExports are the components of a cohort's average days, and its scores.
func (c *cli) componentExports() []*cobra.Command {
	return []*cobra.Command{
		c.componentExport("components [RECORDING...]", "Functional principal components of the average days of all recordings or of some",
			func(ctx context.Context, wb *app.Workbench, of app.Selection, f *componentFlags) (app.Drawing, error) {
				return wb.DrawComponents(ctx, of, f.profile, f.options, c.progress())
			}, nil),
		c.componentExport("component-scores [RECORDING...]", "Recordings by their scores on these components, and who is left out",
			func(ctx context.Context, wb *app.Workbench, of app.Selection, f *componentFlags) (app.Drawing, error) {
				o := app.ComponentScoresOptions{Recordings: of, Profile: f.profile, Options: f.options, X: f.x, Y: f.y, By: f.by}
				return wb.DrawComponentScores(ctx, o, c.progress())
			}, scoreFlags),
	}
}

type componentDrawing func(context.Context, *app.Workbench, app.Selection, *componentFlags) (app.Drawing, error)

func (c *cli) componentExport(use, short string, draw componentDrawing, more func(*cobra.Command, *componentFlags)) *cobra.Command {
	f, g := new(exportFlags), new(componentFlags)
	cmd := c.exportSub(use, short+": a chart, or its numbers where --out ends in .csv, .parquet or .xlsx", cobra.ArbitraryArgs, f, f.checkDrawing, func(e exporter) ([]string, error) {
		if set := e.cmd.Flags().Changed; set("components") && set("share") {
			return nil, usageError{errors.New("--components says how many and --share how much they explain: give one of them")}
		}
		g.profile.Days = app.DayKind(strings.ToLower(g.days))
		drawing, err := draw(e.cmd.Context(), e.wb, app.OnlyOrAll(e.args), g)
		if err != nil {
			return nil, err
		}
		return e.write(drawing)
	})
	chartFlags(cmd, f)
	flags := cmd.Flags()
	flags.StringVar(&g.days, "days", string(app.EveryDay), "all, weekdays or weekends")
	flags.IntVar(&g.profile.BinMinutes, "bin", 10, "minutes of a bin; they divide a day")
	flags.BoolVar(&g.profile.Log, "log", false, "ln(1 + x) of each minute in place of x")
	flags.IntVar(&g.options.Components, "components", 0, "how many (default: as many as --share needs)")
	flags.Float64Var(&g.options.Share, "share", 0.9, "share of the variance of the smooth days that the components explain at least")
	flags.IntVar(&g.options.Harmonics, "harmonics", 4, "harmonics of 24 h that smooth a day")
	flags.IntVar(&g.options.MinDays, "min-days", 0, "days with a value that every bin of a recording has (default: 3, of weekends 1)")
	if more != nil {
		more(cmd, g)
	}
	return cmd
}

func scoreFlags(cmd *cobra.Command, f *componentFlags) {
	cmd.Flags().IntVar(&f.x, "x", 0, "component across (default: 1)")
	cmd.Flags().IntVar(&f.y, "y", 0, "component up (default: 2; the distribution where there is only one)")
	cmd.Flags().StringVar(&f.by, "by", "", "column or variable of a table of participants to colour by (default: one group)")
}
