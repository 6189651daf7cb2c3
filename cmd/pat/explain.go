package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
	"circascope/plots"
)

// explainFlags are the choices of 'pat explain'.
type explainFlags struct {
	model, recording, week, out        string
	layer, head                        int
	rollout, occlusion, mapTable, demo bool
	format, preset                     string
	dpi                                int
}

// explained is what 'pat explain' tells.
type explained struct {
	Recording    string       `json:"recording"`
	Subject      string       `json:"subject"`
	WeekStart    string       `json:"week_start"`
	Minutes      int          `json:"minutes"`
	ResultID     string       `json:"result_id"`
	Model        models.Size  `json:"model"`
	WeightsSHA   string       `json:"weights_sha256"`
	WeightsState models.State `json:"weights_state"`
	Scaler       string       `json:"scaler"`
	Method       string       `json:"method"`
	Layer        int          `json:"layer,omitempty"` // none for rollout
	Head         int          `json:"head,omitempty"`  // none for the mean over heads
	Tokens       int          `json:"tokens"`
	Difference   float64      `json:"embedding_difference"`
	Occlusion    *occluded    `json:"occlusion"`
	Files        []string     `json:"files"`
}

// occluded is the part about occlusion.
type occluded struct {
	app.Agreement
	Seconds float64 `json:"seconds"`
}

func (c *cli) explainCommand() *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain --model S --recording RECORDING --out DIR",
		Short: "Where a model looked in a week, and what its embedding depends on",
		Long: `Explain an embedding of the library: the attention of one layer, by head or over
all heads, or rolled out through all layers; with --occlusion also how far the
embedding moves when each hour is masked, and how the two agree. Charts and
tables go into a folder, each with its provenance beside it.

Only the weights that made the embedding explain it. One made with the demo
weights needs --demo.`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			style, err := f.check()
			if err != nil {
				return usageError{err}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			report, err := c.explain(cmd.Context(), wb, f, style)
			if err != nil {
				return err
			}
			return c.show(report, report.print)
		},
	}
	c.dbFlag(cmd)
	f.register(cmd)
	return cmd
}

func (f *explainFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.model, "model", "", "S, M or L")
	flags.StringVar(&f.recording, "recording", "", "recording or participant")
	flags.StringVar(&f.week, "week", "", "start of the week, for example 2015-01-05 or 2015-01-05T00:00:00 (default: the first that was embedded)")
	flags.IntVar(&f.layer, "layer", 0, "layer from 1 (default: the last)")
	flags.IntVar(&f.head, "head", 0, "head from 1 (default: the mean over heads)")
	flags.BoolVar(&f.rollout, "rollout", false, "roll attention out through all layers, in place of one layer")
	flags.BoolVar(&f.occlusion, "occlusion", false, "also mask every hour in turn and measure how far the embedding moves")
	flags.BoolVar(&f.mapTable, "map-table", false, "also write the query x key map as CSV (PAT-L: 1120 x 1120 numbers)")
	flags.BoolVar(&f.demo, "demo", false, "explain an embedding that was made with the demo weights")
	flags.StringVar(&f.out, "out", "", "folder to write into; it is made where there is none")
	flags.StringVar(&f.format, "format", string(app.PNG), "of the charts: png, svg or pdf")
	flags.StringVar(&f.preset, "preset", "page", "screen, column (85 mm), page (170 mm) or slide")
	flags.IntVar(&f.dpi, "dpi", 0, "resolution of a PNG and of heatmaps (default: the preset's)")
}

// check finds wrong usage before a library is opened and returns the charts'
// style.
func (f *explainFlags) check() (plots.Style, error) {
	style, err := plots.PresetByID(f.preset)
	if err != nil {
		return style, err
	}
	if f.dpi != 0 {
		style.DPI = f.dpi
	}
	if _, err := app.FormatOf("chart." + f.format); err != nil {
		return style, fmt.Errorf("--format %s: want png, svg or pdf", f.format)
	}
	switch {
	case f.out == "" || f.recording == "":
		return style, errors.New("give --recording, --model and --out")
	case f.dpi < 0:
		return style, fmt.Errorf("--dpi %d: want more than 0", f.dpi)
	case f.rollout && (f.layer != 0 || f.head != 0):
		return style, errors.New("--rollout goes through all layers and heads: leave --layer and --head out")
	}
	size, err := f.size()
	if err != nil {
		return style, err
	}
	spec, err := models.SpecOf(size)
	if err != nil {
		return style, err
	}
	if f.layer == 0 {
		f.layer = spec.Layers
	}
	return style, inference.CheckAttention(spec, f.layer, f.head)
}

func (f *explainFlags) size() (models.Size, error) {
	sizes, err := parseSizes(f.model)
	if err != nil || len(sizes) != 1 {
		return "", errors.New("give --model with one of S, M and L")
	}
	return sizes[0], nil
}

func (c *cli) explain(ctx context.Context, wb *app.Workbench, f explainFlags, style plots.Style) (explained, error) {
	r, err := f.result(ctx, wb)
	if err != nil {
		return explained{}, err
	}
	if progress := c.progress(); progress != nil {
		progress(0, 0, "computing the attention")
	}
	e, err := wb.Explain(ctx, r, app.ExplainOptions{Layer: f.layer, Head: f.head, Rollout: f.rollout, AllowDemo: f.demo})
	if err != nil {
		return explained{}, err
	}
	report := explained{
		Recording: r.Recording, Subject: r.Subject, WeekStart: r.WeekStart, Minutes: r.Minutes, ResultID: r.ID,
		Model: r.Model, WeightsSHA: r.WeightsSHA, WeightsState: r.WeightsState, Scaler: r.ScalerName,
		Method: strings.ToLower(e.What()), Layer: e.Attention.Layer, Head: e.Attention.Head, Tokens: e.Attention.Tokens, Difference: e.Difference,
	}
	w := explainWriter{wb: wb, flags: f, style: style}
	if err := w.attention(ctx, e); err != nil {
		return explained{}, err
	}
	if f.occlusion {
		o, err := wb.Occlude(ctx, r, f.demo, c.progress())
		if err != nil {
			return explained{}, err
		}
		agreement, err := w.occlusion(ctx, o, e)
		if err != nil {
			return explained{}, err
		}
		report.Occlusion = &occluded{agreement, o.Seconds}
	}
	report.Files = w.files
	return report, nil
}

// result finds the stored embedding to explain.
func (f *explainFlags) result(ctx context.Context, wb *app.Workbench) (inference.Result, error) {
	info, err := recordingNamed(ctx, wb, f.recording)
	if err != nil {
		return inference.Result{}, err
	}
	results, err := wb.Explainable(ctx, info.ID, models.Size(strings.ToUpper(f.model)))
	if err != nil {
		return inference.Result{}, err
	}
	// A newer result of the other kind of weights doesn't hide one of the kind asked for.
	wanted := slices.DeleteFunc(slices.Clone(results), func(r inference.Result) bool { return r.Demo() != f.demo })
	if len(wanted) > 0 {
		results = wanted
	}
	if len(results) == 0 {
		return inference.Result{}, fmt.Errorf("PAT-%s was not run on the recording of %s; run it first with 'pat run'", strings.ToUpper(f.model), info.Subject)
	}
	var starts []string
	for _, r := range results {
		if f.week == "" || r.WeekStart == f.week || strings.HasPrefix(r.WeekStart, f.week+"T") || strings.HasPrefix(r.WeekStart, f.week+" ") {
			return r, nil
		}
		starts = append(starts, r.WeekStart)
	}
	return inference.Result{}, fmt.Errorf("no week of %s from %s was embedded by PAT-%s; there are %s", info.Subject, f.week, strings.ToUpper(f.model), strings.Join(starts, ", "))
}

func (r explained) print(w io.Writer) error {
	what := fmt.Sprintf("layer %d", r.Layer)
	switch {
	case r.Method == "rollout":
		what = "all layers"
	case r.Head == inference.MeanHead:
		what += ", mean over heads"
	default:
		what += fmt.Sprintf(", head %d", r.Head)
	}
	fmt.Fprintln(w, printable(fmt.Sprintf("%s of PAT-%s (%s) in the week of %s from %s", r.Method, r.Model, what, r.Subject, r.WeekStart)))
	if r.WeightsState == models.Demo {
		fmt.Fprintln(w, "Made with demo weights: for trying the program, not for research.")
	}
	if r.Occlusion != nil {
		fmt.Fprintln(w, r.Occlusion.Sentence(r.Method))
	}
	fmt.Fprintln(w, app.NotCausation)
	return printFiles(w, r.Files)
}

// explainWriter writes charts and tables into the folder.
type explainWriter struct {
	wb    *app.Workbench
	flags explainFlags
	style plots.Style
	files []string
}

func (w *explainWriter) attention(ctx context.Context, e app.Explanation) error {
	if err := os.MkdirAll(w.flags.out, 0o755); err != nil {
		return fmt.Errorf("making the folder: %w", app.WriteProblem(w.flags.out, err))
	}
	week, src := e.WeekChart()
	days, _ := e.DaysChart(false)
	average, _ := e.DaysChart(true)
	table, _ := e.ProfileTable()
	averageTable, _ := e.AverageDayTable()
	square, mapSrc := e.MapChart()
	err := errors.Join(
		w.table(ctx, e.Name()+"-profile", table, src),
		w.table(ctx, e.Name()+"-average-day", averageTable, src),
		w.chart(ctx, e.Name()+"-week", week, src),
		w.chart(ctx, e.Name()+"-days", days, src),
		w.chart(ctx, e.Name()+"-average-day", average, src),
		w.chart(ctx, e.Name()+"-map", square, mapSrc),
	)
	if err == nil && w.flags.mapTable {
		table, src := e.MapTable()
		err = w.table(ctx, e.Name()+"-map", table, src)
	}
	return err
}

func (w *explainWriter) occlusion(ctx context.Context, o app.Occlusion, e app.Explanation) (app.Agreement, error) {
	agreement, err := app.Agree(e, o)
	if err != nil {
		return agreement, err
	}
	name := "occlusion-beside-" + e.Name()
	chart, src, err := app.OcclusionChart(o, e)
	if err == nil {
		err = w.chart(ctx, name, chart, src)
	}
	if err != nil {
		return agreement, err
	}
	table, src, err := app.OcclusionTable(o, e)
	if err == nil {
		err = w.table(ctx, name, table, src)
	}
	return agreement, err
}

func (w *explainWriter) chart(ctx context.Context, name string, chart plots.Chart, src app.Sources) error {
	files, err := w.wb.ExportChart(ctx, w.path(name+"."+w.flags.format), chart, w.style, src)
	w.files = append(w.files, files...)
	return err
}

func (w *explainWriter) path(name string) string { return filepath.Join(w.flags.out, name) }

func (w *explainWriter) table(ctx context.Context, name string, table app.Table, src app.Sources) error {
	files, err := w.wb.ExportTable(ctx, w.path(name+".csv"), table, src)
	w.files = append(w.files, files...)
	return err
}
