package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/app"
	"circascope/models"
	"circascope/plots"
)

// exportFlags are the choices that the exports share.
type exportFlags struct {
	out, preset, model, color string
	definition                string
	dpi                       int
	double, linear            bool
	noDiary                   bool
	scoring, rest             string
	over                      app.Overlays
}

func (c *cli) exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Charts (PNG, SVG, PDF) and tables (CSV, Parquet, XLSX) of the library, with their provenance beside them",
		Args:  noSuchCommand,
		RunE: func(*cobra.Command, []string) error {
			return usageError{errors.New("name what to export; see 'pat export --help'")}
		},
	}
	cmd.AddCommand(
		c.tableExport("participants", "The recordings of the library", exportParticipants, nil),
		c.tableExport("embeddings", "The embeddings, 96 numbers a week, with their provenance", exportEmbeddings, modelFlag),
		c.measuresExport(),
		c.cohortExport(),
		c.cohortChartExport(),
		c.recordingExport(),
		c.chartExport("actogram RECORDING", "Activity day by day", 1, exportActogram, actogramFlags),
		c.chartExport("projection", "The first two principal components of the embeddings", 0, exportProjection, oneModelFlag, colorFlag),
		c.chartExport("compare", "The same weeks in every model, side by side", 0, exportCompare, colorFlag),
		c.chartExport("latency", "How long a week took", 0, exportLatency, oneModelFlag),
		c.chartExport("attention RECORDING", "What the last layer attends to, above the week's activity", 1, exportAttention, oneModelFlag),
	)
	cmd.AddCommand(append(c.drawingExports(), c.componentExports()...)...)
	return cmd
}

// exporter is what one export works on.
type exporter struct {
	*exportFlags
	cmd  *cobra.Command
	wb   *app.Workbench
	args []string
}

type flagSetter func(*cobra.Command, *exportFlags)

func (c *cli) tableExport(use, short string, make func(exporter) (app.Table, app.Sources, error), flags flagSetter) *cobra.Command {
	return c.rowExport(use, short, nothing, func(e exporter) (app.RowSource, error) {
		table, src, err := make(e)
		return app.SourceOf(table, src), err
	}, flags)
}

// measuresExport takes recordings, and without any all of the library.
func (c *cli) measuresExport() *cobra.Command {
	return c.rowExport("measures [RECORDING...]", "Measures, one a row, of all recordings or of some", cobra.ArbitraryArgs, exportMeasures, definitionFlag)
}

// rowExport is a table that is written while its rows are made.
func (c *cli) rowExport(use, short string, args cobra.PositionalArgs, make func(exporter) (app.RowSource, error), flags flagSetter) *cobra.Command {
	f := new(exportFlags)
	cmd := c.exportSub(use, short, args, f, f.checkTable, func(e exporter) ([]string, error) {
		rows, err := make(e)
		if err != nil {
			return nil, err
		}
		return e.wb.ExportRows(e.cmd.Context(), e.out, rows)
	})
	if flags != nil {
		flags(cmd, f)
	}
	return cmd
}

func (c *cli) chartExport(use, short string, args int, make func(exporter) (plots.Chart, app.Sources, error), flags ...flagSetter) *cobra.Command {
	f := new(exportFlags)
	names := nothing
	if args == 1 {
		names = one("recording or participant")
	}
	cmd := c.exportSub(use, short, names, f, f.checkChart, func(e exporter) ([]string, error) {
		style, err := e.style()
		if err != nil {
			return nil, err
		}
		chart, src, err := make(e)
		if err != nil {
			return nil, err
		}
		return e.wb.ExportChart(e.cmd.Context(), e.out, chart, style, src)
	})
	chartFlags(cmd, f)
	for _, set := range flags {
		set(cmd, f)
	}
	return cmd
}

func chartFlags(cmd *cobra.Command, f *exportFlags) {
	cmd.Flags().StringVar(&f.preset, "preset", "page", "screen, column (85 mm), page (170 mm) or slide")
	cmd.Flags().IntVar(&f.dpi, "dpi", 0, "resolution of a PNG and of heatmaps (default: the preset's)")
}

// style is the page that the flags ask for.
func (f *exportFlags) style() (plots.Style, error) {
	style, err := plots.PresetByID(f.preset)
	if f.dpi != 0 {
		style.DPI = f.dpi
	}
	return style, err
}

// checkTable and checkChart find wrong usage before a library is opened.
func (f *exportFlags) checkTable() error {
	_, err := app.TableFormatOf(f.out)
	return err
}

func (f *exportFlags) checkChart() error {
	if _, err := app.FormatOf(f.out); err != nil {
		return err
	}
	if f.dpi < 0 {
		return fmt.Errorf("--dpi %d: want more than 0", f.dpi)
	}
	_, err := plots.PresetByID(f.preset)
	return err
}

func (c *cli) exportSub(use, short string, args cobra.PositionalArgs, f *exportFlags, check func() error, do func(exporter) ([]string, error)) *cobra.Command {
	cmd := &cobra.Command{
		Use: use + " --out FILE", Short: short, Args: args,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.out == "" {
				return usageError{errors.New("give --out with the file to write")}
			}
			if err := check(); err != nil {
				return usageError{err}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			files, err := do(exporter{f, cmd, wb, args})
			if err != nil {
				return err
			}
			return c.show(files, func(w io.Writer) error { return printFiles(w, files) })
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; its ending names the format")
	return cmd
}

func modelFlag(cmd *cobra.Command, f *exportFlags) {
	cmd.Flags().StringVar(&f.model, "model", "", "sizes, separated by commas (default: every one that was run)")
}

func oneModelFlag(cmd *cobra.Command, f *exportFlags) {
	cmd.Flags().StringVar(&f.model, "model", "", "S, M or L")
}

func colorFlag(cmd *cobra.Command, f *exportFlags) {
	cmd.Flags().StringVar(&f.color, "color", app.ColorActivity, "column, measure or variable of a table of participants to colour by: "+strings.Join(app.ColorColumns(), ", "))
}

func definitionFlag(cmd *cobra.Command, f *exportFlags) {
	cmd.Flags().StringVar(&f.definition, "definition", "", "paper, pyactigraphy or vendor, or several of them, separated by commas (default: the measures of the library's protocol, or else paper)")
}

func actogramFlags(cmd *cobra.Command, f *exportFlags) {
	cmd.Flags().BoolVar(&f.double, "double", false, "48 hours a row")
	cmd.Flags().BoolVar(&f.linear, "linear", false, "linear colours instead of logarithmic ones")
	cmd.Flags().BoolVar(&f.noDiary, "no-diary", false, "leave out what diaries tell")
	cmd.Flags().StringVar(&f.scoring, "scoring", "", "score epochs as sleep or wake: an algorithm such as cole-kripke, or one of a definition, sadeh:vendor")
	cmd.Flags().StringVar(&f.rest, "rest", "", "rest periods from diary, tudor-locke (on the scoring), crespo, roenneberg or hdcza")
	cmd.Flags().BoolVar(&f.over.Windows, "windows", false, "the least active 5 h and the most active 10 h of the average day")
	cmd.Flags().BoolVar(&f.over.Cosinor, "cosinor", false, "a cosine of 24 h over the average day")
	cmd.Flags().BoolVar(&f.over.NoAverage, "no-average", false, "leave out the average day")
}

// overlays returns what is laid over an actogram.
func (f *exportFlags) overlays() (app.Overlays, error) {
	o := f.over
	var errs [2]error
	o.Scoring, errs[0] = app.ParseScorer(f.scoring)
	o.Rest, errs[1] = app.ParseRestSource(f.rest)
	if err := errors.Join(errs[:]...); err != nil {
		return o, usageError{err}
	}
	return o, nil
}

func exportParticipants(e exporter) (app.Table, app.Sources, error) {
	rows, err := e.wb.Rows(e.cmd.Context())
	demo := slices.ContainsFunc(rows, func(r app.Row) bool { return r.Demo })
	if err != nil {
		return app.Table{}, app.Sources{}, err
	}
	src, err := e.wb.NamePeople(e.cmd.Context(), app.Sources{What: "participants", Demo: demo})
	return app.ParticipantsTable(rows), src, err
}

func exportMeasures(e exporter) (app.RowSource, error) {
	var sets []metrics.Definition
	for _, name := range strings.Split(e.definition, ",") {
		if e.definition == "" {
			break
		}
		d, err := metrics.ParseDefinition(strings.TrimSpace(name))
		if err != nil {
			return app.RowSource{}, usageError{err}
		}
		sets = append(sets, d)
	}
	if _, err := recordingsNamed(e.cmd.Context(), e.wb, e.args); err != nil {
		return app.RowSource{}, err
	}
	return e.wb.MeasuresExport(e.cmd.Context(), app.OnlyOrAll(e.args), sets, nil)
}

func exportEmbeddings(e exporter) (app.Table, app.Sources, error) {
	sets, err := e.sets()
	if err != nil {
		return app.Table{}, app.Sources{}, err
	}
	return e.wb.EmbeddingsExport(e.cmd.Context(), sets)
}

// sets returns every set of the models asked for; without any there is nothing
// to export.
func (e exporter) sets() ([]app.EmbeddingSet, error) {
	sizes := models.Sizes()
	if e.model != "" {
		var err error
		if sizes, err = parseSizes(e.model); err != nil {
			return nil, usageError{err}
		}
	}
	var sets []app.EmbeddingSet
	for _, size := range sizes {
		list, err := e.wb.EmbeddingSets(e.cmd.Context(), size)
		if err != nil {
			return nil, err
		}
		sets = append(sets, list...)
	}
	if len(sets) == 0 {
		return nil, errors.New("the library holds no embeddings of these models; run PAT first with 'pat run'")
	}
	return sets, nil
}

func exportActogram(e exporter) (plots.Chart, app.Sources, error) {
	overlays, err := e.overlays()
	if err != nil {
		return nil, app.Sources{}, err
	}
	info, r, err := e.recording()
	if err != nil {
		return nil, app.Sources{}, err
	}
	w, err := e.wb.Wear(e.cmd.Context(), r)
	if err != nil {
		return nil, app.Sources{}, err
	}
	told, err := e.wb.DiaryEntries(e.cmd.Context(), info.Subject)
	if err != nil {
		return nil, app.Sources{}, err
	}
	manual, err := e.wb.ManualRest(e.cmd.Context(), info.ID)
	if err != nil {
		return nil, app.Sources{}, err
	}
	study, err := e.wb.Study(e.cmd.Context())
	if err != nil {
		return nil, app.Sources{}, err
	}
	over, err := app.LayOver(e.cmd.Context(), study, r, w, app.Told{Diary: told, Manual: manual}, overlays)
	if err != nil {
		return nil, app.Sources{}, err
	}
	if err := over.Err(); err != nil {
		return nil, app.Sources{}, err
	}
	if e.noDiary {
		told = nil
	}
	chart, src, err := app.ActogramChart(info, r, w.Layers, told)
	chart.Double, chart.Linear = e.double, e.linear
	chart, src = over.Over(chart, src)
	return chart, src, err
}

// recording finds the recording that the argument names.
func (e exporter) recording() (actigraphy.Info, *actigraphy.Recording, error) {
	info, err := recordingNamed(e.cmd.Context(), e.wb, e.args[0])
	if err != nil {
		return info, nil, err
	}
	r, err := e.wb.Recording(e.cmd.Context(), info.ID)
	return info, r, err
}

// recordingNamed finds a recording by its id, or by the participant where that
// has one.
func recordingNamed(ctx context.Context, wb *app.Workbench, name string) (actigraphy.Info, error) {
	found, err := recordingsNamed(ctx, wb, []string{name})
	switch {
	case err != nil:
		return actigraphy.Info{}, err
	case len(found) == 1:
		return found[0], nil
	}
	return actigraphy.Info{}, fmt.Errorf("participant %s has %d recordings; name one by its id, see 'pat list'", name, len(found))
}

func exportProjection(e exporter) (plots.Chart, app.Sources, error) {
	set, err := e.oneSet()
	if err != nil {
		return nil, app.Sources{}, err
	}
	p, err := app.Project(set)
	if err != nil {
		return nil, app.Sources{}, err
	}
	color, err := e.wb.Coloring(e.cmd.Context(), e.color, set.Results)
	if err != nil {
		return nil, app.Sources{}, err
	}
	chart, src := app.EmbeddingChart(p, color)
	src, err = e.wb.ColorSources(e.cmd.Context(), e.color, src)
	return chart, src, err
}

// oneSet returns the newest set of the one model asked for.
func (e exporter) oneSet() (app.EmbeddingSet, error) {
	sizes, err := parseSizes(e.model)
	if err != nil || len(sizes) != 1 {
		return app.EmbeddingSet{}, usageError{errors.New("give --model with one of S, M and L")}
	}
	sets, err := e.sets()
	if err != nil {
		return app.EmbeddingSet{}, err
	}
	return sets[0], nil
}

func exportCompare(e exporter) (plots.Chart, app.Sources, error) {
	c, color, err := compareAll(e.cmd, e.wb, app.CompareOptions{}, e.color, nil)
	if err != nil {
		return nil, app.Sources{}, err
	}
	chart, src := app.CompareChart(c, color)
	return chart, src, nil
}

func exportLatency(e exporter) (plots.Chart, app.Sources, error) {
	set, err := e.oneSet()
	if err != nil {
		return nil, app.Sources{}, err
	}
	chart, src := app.LatencyChart(set)
	return chart, src, nil
}

func exportAttention(e exporter) (plots.Chart, app.Sources, error) {
	info, err := recordingNamed(e.cmd.Context(), e.wb, e.args[0])
	if err != nil {
		return nil, app.Sources{}, err
	}
	sizes, err := parseSizes(e.model)
	if err != nil || len(sizes) != 1 {
		return nil, app.Sources{}, usageError{errors.New("give --model with one of S, M and L")}
	}
	return e.wb.Attention(e.cmd.Context(), info.ID, sizes[0])
}
