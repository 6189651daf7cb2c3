package app

import (
	"fmt"
	"strconv"
	"time"

	"circascope/inference/latency"
	"circascope/plots"
)

// LatencyTable lists what the machine's record of latencies holds, one row a
// model, precision and device.
func LatencyTable(all []latency.Stats) Table {
	t := Table{Name: "latency", Header: []string{
		"model", "precision", "device", "device_name", "count", "errors",
		"mean_seconds", "p50_seconds", "p95_seconds", "p99_seconds",
		"last_100_count", "last_100_mean_seconds", "last_100_attempts", "last_100_errors", "alerts", "last",
	}}
	t.as(Integer, "count", "errors", "last_100_count", "last_100_attempts", "last_100_errors")
	t.as(Real, "mean_seconds", "p50_seconds", "p95_seconds", "p99_seconds", "last_100_mean_seconds")
	for _, s := range all {
		last := ""
		if s.Last != nil {
			last = s.Last.UTC().Format(time.RFC3339)
		}
		t.Rows = append(t.Rows, []string{
			"PAT-" + string(s.Model), s.Precision, s.DeviceKind, s.DeviceName, strconv.FormatInt(s.Count, 10), strconv.FormatInt(s.Errors, 10),
			secondsOf(s.Mean, s.Count), secondsOf(s.P50, s.Count), secondsOf(s.P95, s.Count), secondsOf(s.P99, s.Count),
			strconv.Itoa(len(s.Recent.Seconds)), secondsOf(s.Recent.Mean, s.Count), strconv.Itoa(s.Recent.Attempts), strconv.Itoa(s.Recent.Errors),
			rulesOf(s.Alerts), last,
		})
	}
	return t
}

// secondsOf writes seconds that n embeddings gave; without any there are none.
func secondsOf(seconds float64, n int64) string {
	if n == 0 {
		return ""
	}
	return number(seconds)
}

func rulesOf(alerts []latency.Alert) string {
	text := ""
	for i, a := range alerts {
		if i > 0 {
			text += " "
		}
		text += string(a.Rule)
	}
	return text
}

// LatencySources says what the table of latencies, or the chart of one key, was
// made of.
func (wb *Workbench) LatencySources(all ...latency.Stats) Sources {
	return Sources{What: "latencies of this machine", Details: map[string]any{
		"since": wb.latency.Since().UTC(), "mean_above_seconds": wb.latency.MeanAbove().Seconds(),
		"largest_relative_error_of_quantiles": latency.QuantileError, "latencies": all,
	}}
}

// LatencyRecordChart returns the histogram of all times that the machine's record
// holds of one model, precision and device. That there are none is an error.
func (wb *Workbench) LatencyRecordChart(k latency.Key) (plots.Latency, Sources, error) {
	chart := plots.Latency{Labels: plots.Labels{Heading: fmt.Sprintf("PAT-%s, time of an embedding on this machine", k.Model)}}
	chart.Seconds, chart.Counts = wb.latency.Distribution(k)
	if len(chart.Seconds) == 0 {
		return chart, Sources{}, fmt.Errorf("the record of latencies holds none of %s; embed something first", k)
	}
	stats := wb.latency.Stats(k)
	chart.Caption = fmt.Sprintf("%s, since %s, %d failed", k, wb.latency.Since().Format(time.DateOnly), stats.Errors)
	return chart, wb.LatencySources(stats), nil
}
