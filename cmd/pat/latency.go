package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/app"
	"circascope/inference/latency"
	"circascope/internal/wiring"
	"circascope/models"
	"circascope/plots"
)

// latencyReport is what 'pat latency' tells.
type latencyReport struct {
	File      string          `json:"file"`
	Since     *time.Time      `json:"since"` // null before the first embedding
	MeanAbove float64         `json:"mean_above_seconds"`
	Problem   string          `json:"problem,omitempty"` // why the record is not kept, or begins anew
	Latencies []latency.Stats `json:"latencies"`
}

func (c *cli) latencyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "latency",
		Short: "How long embeddings take on this machine, by model, precision and device",
		Long: `How long embeddings take on this machine, by model, precision and device, and
how many failed. Every embedding counts, of every command and of the window.

There is an alert where the mean of the last 100 is above the limit (1000 ms
unless you set another), and where more than one of the last 100 failed.`,
		Args: noSuchCommand,
		RunE: c.withLatency(func(_ *cobra.Command, _ []string, wb *app.Workbench) error {
			report := reportLatency(wb.Latency())
			return c.show(report, report.print)
		}),
	}
	cmd.AddCommand(c.latencyExportCommand(), c.latencyLimitCommand(), c.latencyResetCommand())
	return cmd
}

// withLatency runs f with a workbench and notes what is wrong with the record.
func (c *cli) withLatency(f func(*cobra.Command, []string, *app.Workbench) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		wb, err := c.workbench()
		if err != nil {
			return err
		}
		defer wb.Close()
		err = f(cmd, args, wb)
		c.noteLatencyProblem(wb)
		return err
	}
}

func reportLatency(m *latency.Monitor) latencyReport {
	r := latencyReport{File: wiring.LatencyFile(), MeanAbove: m.MeanAbove().Seconds(), Latencies: m.All()}
	if since := m.Since(); !since.IsZero() {
		r.Since = &since
	}
	if err := m.Problem(); err != nil {
		r.Problem = err.Error()
	}
	return r
}

func (r latencyReport) print(w io.Writer) error {
	if len(r.Latencies) == 0 {
		_, err := fmt.Fprintln(w, "no embedding was made on this machine yet, or the record was reset")
		return err
	}
	for _, s := range r.Latencies {
		if err := printLatency(w, s); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "since %s; the limit on the mean of the last %d is %g ms\n",
		r.Since.Local().Format(time.DateTime), latency.RecentCount, 1000*r.MeanAbove)
	return err
}

// printLatency writes what the record holds of one key.
func printLatency(w io.Writer, s latency.Stats) error {
	_, err := fmt.Fprintf(w, "%s: %d embeddings, %d failed\n  ms each: mean %s, p50 %s, p95 %s, p99 %s\n  last %d: mean %s ms; %d of the last %d failed\n",
		s.Key, s.Count, s.Errors, latency.Milliseconds(s.Mean), latency.Milliseconds(s.P50), latency.Milliseconds(s.P95), latency.Milliseconds(s.P99),
		len(s.Recent.Seconds), latency.Milliseconds(s.Recent.Mean), s.Recent.Errors, s.Recent.Attempts)
	for _, a := range s.Alerts {
		if err == nil {
			_, err = fmt.Fprintf(w, "  ALERT: %s\n", a.Text)
		}
	}
	return err
}

// noteLatency tells on standard error of the alerts about what did the work of a
// command, and of a record that can't be kept.
func (c *cli) noteLatency(wb *app.Workbench, did func(latency.Key) bool) {
	for _, s := range wb.Latency().All() {
		for _, a := range s.Alerts {
			if did(s.Key) {
				c.note("alert: %s", a.Text)
			}
		}
	}
	c.noteLatencyProblem(wb)
}

func (c *cli) noteLatencyProblem(wb *app.Workbench) {
	_ = wb.Latency().Save() // the next line tells
	if err := wb.Latency().Problem(); err != nil {
		c.note("warning: %v", err)
	}
}

func (c *cli) latencyLimitCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "limit DURATION",
		Short: "Set the mean of the last 100 above which there is an alert, for example 500ms or 2s",
		Args:  one("duration"),
		RunE: c.withLatency(func(_ *cobra.Command, args []string, wb *app.Workbench) error {
			limit, err := time.ParseDuration(args[0])
			if err != nil || limit <= 0 {
				return usageError{fmt.Errorf("%q is no limit; want a number with its unit, for example 500ms or 2s", args[0])}
			}
			if err := wb.Latency().SetMeanAbove(limit); err != nil {
				return err
			}
			report := reportLatency(wb.Latency())
			return c.show(report, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "an alert from now on where the mean of the last %d is above %v\n", latency.RecentCount, actigraphy.InWords(limit))
				return err
			})
		}),
	}
}

func (c *cli) latencyResetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset --yes",
		Short: "Forget every latency of this machine; the limit stays",
		Args:  nothing,
		RunE: c.withLatency(func(_ *cobra.Command, _ []string, wb *app.Workbench) error {
			if !yes {
				return usageError{errors.New("the record can't be brought back; say --yes to forget it")}
			}
			if err := wb.Latency().Reset(); err != nil {
				return err
			}
			report := reportLatency(wb.Latency())
			return c.show(report, func(w io.Writer) error {
				_, err := fmt.Fprintln(w, "the record of latencies begins anew")
				return err
			})
		}),
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do it")
	return cmd
}

// latencyExport is the choices of 'pat latency export'.
type latencyExport struct {
	exportFlags
	precision, device string
}

func (c *cli) latencyExportCommand() *cobra.Command {
	var f latencyExport
	cmd := &cobra.Command{
		Use:   "export --out FILE",
		Short: "The record as a table (.csv), or one model's times as a chart (.png, .svg, .pdf)",
		Args:  nothing,
		RunE: c.withLatency(func(cmd *cobra.Command, _ []string, wb *app.Workbench) error {
			files, err := f.write(cmd, wb)
			if err != nil {
				return err
			}
			return c.show(files, func(w io.Writer) error { return printFiles(w, files) })
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "file to write; its ending names the format")
	flags.StringVar(&f.model, "model", "", "S, M or L alone")
	flags.StringVar(&f.precision, "precision", "", "this precision alone, for example float32")
	flags.StringVar(&f.device, "device", "", "this kind of device alone, CPU or GPU, or a device's name")
	flags.StringVar(&f.preset, "preset", "page", "screen, column (85 mm), page (170 mm) or slide")
	flags.IntVar(&f.dpi, "dpi", 0, "resolution of a PNG (default: the preset's)")
	return cmd
}

func (f *latencyExport) write(cmd *cobra.Command, wb *app.Workbench) ([]string, error) {
	if f.out == "" {
		return nil, usageError{errors.New("give --out with the file to write")}
	}
	chosen, err := f.chosen(wb.Latency().All())
	if err != nil {
		return nil, err
	}
	if f.checkTable() == nil {
		return wb.ExportTable(cmd.Context(), f.out, app.LatencyTable(chosen), wb.LatencySources(chosen...))
	}
	if err := f.checkChart(); err != nil {
		return nil, usageError{fmt.Errorf("%w; the table is written as .csv, .parquet or .xlsx", err)}
	}
	if len(chosen) > 1 {
		return nil, usageError{fmt.Errorf("a chart is of one model on one device; choose with --model, --precision or --device: %s", keysOf(chosen))}
	}
	chart, src, err := wb.LatencyRecordChart(chosen[0].Key)
	if err != nil {
		return nil, err
	}
	style, err := plots.PresetByID(f.preset)
	if err != nil {
		return nil, err
	}
	if f.dpi != 0 {
		style.DPI = f.dpi
	}
	return wb.ExportChart(cmd.Context(), f.out, chart, style, src)
}

// chosen returns what the flags let through; there must be some.
func (f *latencyExport) chosen(all []latency.Stats) ([]latency.Stats, error) {
	var size models.Size
	if f.model != "" {
		sizes, err := parseSizes(f.model)
		if err != nil || len(sizes) != 1 {
			return nil, usageError{errors.New("give --model with one of S, M and L")}
		}
		size = sizes[0]
	}
	var chosen []latency.Stats
	for _, s := range all {
		device := f.device == "" || strings.EqualFold(f.device, s.DeviceKind) || f.device == s.DeviceName
		if (size == "" || size == s.Model) && (f.precision == "" || f.precision == s.Precision) && device {
			chosen = append(chosen, s)
		}
	}
	switch {
	case len(all) == 0:
		return nil, errors.New("the record of latencies is empty; embed something first")
	case len(chosen) == 0:
		return nil, fmt.Errorf("the record holds none of these; it has %s", keysOf(all))
	}
	return chosen, nil
}

func keysOf(list []latency.Stats) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.String()
	}
	return strings.Join(names, "; ")
}
