package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"circascope/actigraphy/metrics"
	"circascope/actigraphy/zone"
	"circascope/app"
)

func (c *cli) metricsCommand() *cobra.Command {
	var f metricsFlags
	cmd := &cobra.Command{
		Use:   "metrics (FILE... | --db DB)",
		Short: "Sleep and rest-activity measures of files or of a library, by a named definition",
		Long: `Sleep and rest-activity measures of files or of a library, by a named definition.

Measures of a library are stored in it: a second run computes only what is new. What a
value was made from is part of it, so that after a change of a mask, a zone or a diary
it is computed anew. Interrupted, a run keeps what is done.

A study protocol ('pat protocol') names definition, measures and parameters in a file.
A library to which one was applied is measured by it: without --definition its
measures, with the protocol's definition all of it by its parameters. What is not as the
protocol says is told on standard error. With --protocol FILE it is an error unless the
library has that protocol, and with '--protocol library' unless it has one.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			job, err := f.job(c, args)
			if err != nil {
				return usageError{err}
			}
			if err := job.readProtocol(); err != nil {
				return err
			}
			if err := job.choose(); err != nil {
				return usageError{err}
			}
			job.cmd, job.cli = cmd, c
			return job.run()
		},
	}
	f.register(cmd)
	c.dbFlag(cmd)
	cmd.AddCommand(c.dictionaryCommand())
	return cmd
}

// metricsFlags choose the measures and how they are written.
type metricsFlags struct {
	definition string
	set        []string
	protocol   string
	long       bool
	summary    bool
	out        string
	again      bool
	zone       string
	clock      string
	read       readFlags
}

func (f *metricsFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.definition, "definition", "", "paper, pyactigraphy or vendor (default: that of the library's protocol, or else paper)")
	flags.StringArrayVar(&f.set, "set", nil, "a parameter, name=value for all measures that have it, or MEASURE.name=value; may be given again; 'pat metrics dictionary' lists them")
	flags.StringVar(&f.protocol, "protocol", "", "a study protocol's file, or 'library' for the one that was applied to the library")
	flags.BoolVar(&f.long, "long", false, "CSV with one measure a row: its definition, parameters, value, unit, and the reason where it has none")
	summaryFlag(cmd, &f.summary)
	flags.StringVar(&f.out, "out", "", "write what --long does, or --summary, into a file, by its ending .csv, .parquet, .xlsx or, not of a summary, .json, with its provenance beside it")
	flags.BoolVar(&f.again, "again", false, "with --db: compute what is stored too, and put it in its place")
	flags.StringVar(&f.zone, "zone", "", "time zone of the recordings of FILE, for example Europe/Berlin; a library's are named by 'pat zone'")
	flags.StringVar(&f.clock, "clock", string(zone.Kept), "with --zone: what the device's clock did when the wall clock changed: kept or followed")
	f.read.register(cmd)
}

// libraryProtocol stands for the protocol of the library in --protocol.
const libraryProtocol = "library"

// job checks the flags and returns what they ask for.
func (f *metricsFlags) job(c *cli, files []string) (*metricsJob, error) {
	j := &metricsJob{metricsFlags: f, files: files}
	switch {
	case (len(files) == 0) == (c.db == ""):
		return nil, errors.New("name files, or a library with --db")
	case c.db != "" && f.zone != "":
		return nil, errors.New("--zone is for files; 'pat zone set' names that of a library's recordings")
	case c.db == "" && f.again:
		return nil, errors.New("--again is for a library; nothing is stored of files")
	case c.db == "" && f.protocol == libraryProtocol:
		return nil, errors.New("--protocol library is for --db; name the protocol's file")
	case f.protocol != "" && (f.definition != "" || len(f.set) > 0):
		return nil, errors.New("--protocol names definition and parameters: leave --definition and --set away, or change the protocol")
	case c.json && f.long:
		return nil, errors.New("--json and --long: choose one; '--out FILE.json' writes the long form as JSON")
	case f.summary && f.long:
		return nil, errors.New("--summary and --long: choose one")
	}
	if f.zone != "" {
		loc, err := zone.Load(f.zone)
		if err != nil {
			return nil, err
		}
		j.place = zone.Place{Zone: loc.String(), Clock: zone.Clock(f.clock)}
		if err := j.place.Clock.Validate(); err != nil {
			return nil, fmt.Errorf("--clock: %w", err)
		}
	}
	if err := f.checkOut(); err != nil {
		return nil, err
	}
	return j, f.read.check()
}

// checkOut finds a file that the measures, or their summary, are not written as.
func (f *metricsFlags) checkOut() error {
	switch {
	case f.out == "":
		return nil
	case f.summary:
		_, err := app.TableFormatOf(f.out)
		return err
	}
	return app.CheckMeasuresFile(f.out)
}

// readProtocol takes the study from the protocol's file, where one is named.
func (j *metricsJob) readProtocol() error {
	if j.protocol == "" || j.protocol == libraryProtocol {
		return nil
	}
	f, err := app.ReadProtocol(j.protocol)
	if err != nil {
		return err
	}
	j.study, err = app.NewStudy(f)
	return err
}

// choose finds the measures as they are of files; those of a library wait for its study.
func (j *metricsJob) choose() (err error) {
	j.measures, err = j.measuresOf(j.study)
	return err
}

// measuresOf are the measures that the flags ask for in a study.
func (j *metricsJob) measuresOf(study app.Study) ([]metrics.Metric, error) {
	list, err := study.Named()
	if j.definition != "" {
		var d metrics.Definition
		if d, err = metrics.ParseDefinition(j.definition); err == nil {
			list = study.Metrics(d)
		}
	}
	if err != nil {
		return nil, err
	}
	return metrics.Set(list, j.set)
}

// dictionaryCommand writes what the registry knows.
func (c *cli) dictionaryCommand() *cobra.Command {
	page := false
	cmd := &cobra.Command{
		Use: "dictionary", Short: "The data dictionary as CSV, JSON or a page: every measure with its formula, parameters and reference", Args: nothing,
		RunE: func(*cobra.Command, []string) error {
			if page && c.json {
				return usageError{errors.New("--page and --json: choose one")}
			}
			if page {
				return metrics.WritePage(c.out)
			}
			var all []metrics.Metric
			for _, d := range metrics.Definitions() {
				all = append(all, metrics.All(d)...)
			}
			return c.show(all, app.DictionaryTable().WriteCSV)
		},
	}
	cmd.Flags().BoolVar(&page, "page", false, "a page in Markdown")
	return cmd
}

// metricsJob is one call of 'pat metrics'.
type metricsJob struct {
	*metricsFlags
	cli      *cli
	cmd      *cobra.Command
	files    []string
	place    zone.Place
	study    app.Study // without a protocol where there is none
	measures []metrics.Metric
	changed  []app.ChangedParameter // of the measures
	failed   bool                   // a recording
}

// emitter takes the measures of one recording; path is that of its file.
type emitter func(path string, m app.Measured) error

func (j *metricsJob) run() error {
	wb, err := j.open()
	if err != nil {
		return err
	}
	defer wb.Close()
	switch {
	case j.out != "" && j.summary:
		err = j.exportSummary(wb)
	case j.out != "":
		err = j.export(wb)
	default:
		err = j.print(wb)
	}
	if err != nil {
		return err
	}
	return partly(j.failed)
}

// open returns the workbench, with the library open where one is named.
func (j *metricsJob) open() (*app.Workbench, error) {
	if j.cli.db == "" {
		return j.cli.workbench()
	}
	wb, err := j.cli.openToKeep(j.cmd)
	if err != nil {
		return nil, err
	}
	if err := j.takeStudy(wb); err != nil {
		return nil, errors.Join(err, wb.Close())
	}
	return wb, nil
}

// takeStudy takes the measures as the library has them, and makes sure that a protocol
// that was named is its own.
func (j *metricsJob) takeStudy(wb *app.Workbench) error {
	study, err := wb.Study(j.cmd.Context())
	if err != nil {
		return err
	}
	switch {
	case j.protocol == libraryProtocol && !study.ByProtocol():
		return errNoProtocol
	case j.protocol == libraryProtocol:
		err = wb.ForProtocol(j.cmd.Context(), study.Protocol)
	case j.protocol != "":
		err = wb.ForProtocol(j.cmd.Context(), j.study.Protocol)
	}
	if err != nil {
		return err
	}
	j.study = study
	if j.measures, err = j.measuresOf(study); err == nil {
		j.tellStudy()
	}
	return err
}

// tellStudy says on standard error by what protocol the library is measured, and what
// is not as it says.
func (j *metricsJob) tellStudy() {
	src := app.Sources{}.Of(j.study, j.measures)
	if src.Protocol == nil {
		return
	}
	fmt.Fprintf(j.cmd.ErrOrStderr(), "protocol: %s\n", printable(j.study.Protocol.Words()))
	for _, d := range src.Protocol.Deviations {
		fmt.Fprintf(j.cmd.ErrOrStderr(), "not the protocol: %s\n", printable(d))
	}
}

// each measures all that is named.
func (j *metricsJob) each(wb *app.Workbench, emit emitter) error {
	told := func(path string, m app.Measured) error {
		j.failed = j.failed || m.Err != nil
		return emit(path, m)
	}
	if j.cli.db != "" {
		return wb.Measure(j.cmd.Context(), app.MeasureOptions{Recordings: app.All(), Measures: j.measures, Again: j.again}, j.cli.progress(), func(m app.Measured) error {
			return told(j.cli.db, m)
		})
	}
	o := app.FileMeasures{Measures: j.measures, Read: j.read.options(), Place: j.place}
	if j.study.ByProtocol() {
		o.Protocol = &j.study.Protocol.Protocol
	}
	return wb.MeasureFiles(j.cmd.Context(), j.files, o, j.cli.progress(), func(m app.MeasuredFile) error { return told(m.Path, m.Measured) })
}

// complain says on standard error why a recording gave nothing: tables of rows have no
// place for it.
func (j *metricsJob) complain(m app.Measured) {
	if m.Err != nil {
		fmt.Fprintf(j.cmd.ErrOrStderr(), "refused: %s\n", printable(m.Err.Error()))
	}
}

func (j *metricsJob) export(wb *app.Workbench) error {
	src := app.Sources{What: "measures"}.Of(j.study, j.measures)
	files, err := wb.ExportMeasures(j.cmd.Context(), j.out, src, func(emit func(app.Measured) error) error {
		return j.each(wb, func(_ string, m app.Measured) error {
			j.complain(m)
			return emit(m)
		})
	})
	if err != nil {
		return err
	}
	return j.cli.show(files, func(w io.Writer) error { return printFiles(w, files) })
}

func (j *metricsJob) print(wb *app.Workbench) error {
	j.changed = append([]app.ChangedParameter{}, app.Sources{}.Of(j.study, j.measures).Parameters...)
	out, err := j.output()
	if err != nil {
		return err
	}
	if err := j.each(wb, out.add); err != nil {
		return err
	}
	j.cli.clear()
	return out.end()
}
