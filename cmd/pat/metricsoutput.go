package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"circascope/actigraphy/metrics"
	"circascope/app"
)

// metricsOutput writes measures while they come.
type metricsOutput interface {
	add(path string, m app.Measured) error
	end() error
}

func (j *metricsJob) output() (metricsOutput, error) {
	switch {
	case j.summary:
		return &summaryMetrics{job: j, all: []summarised{}}, nil
	case j.cli.json:
		return &jsonMetrics{out: j.cli.out, job: j}, nil
	case j.long:
		w, err := app.NewMeasureCSV(j.cli.out)
		return &longMetrics{w, j}, err
	}
	return newTextMetrics(j), nil
}

// measured is one recording's measures as JSON tells them.
type measured struct {
	Path       string                `json:"path"`
	Subject    string                `json:"subject"`
	Recording  string                `json:"recording,omitempty"`
	Definition metrics.Definition    `json:"definition"`
	Metrics    map[string]jsonNumber `json:"metrics"`
	Reasons    map[string]string     `json:"reasons"`
	Notes      map[string]string     `json:"notes"` // of values, what to know of them
	Error      string                `json:"error"`

	// Parameters are those that are not at their defaults; the long form has all.
	Parameters []app.ChangedParameter `json:"parameters_not_default"`
}

func (j *metricsJob) measured(path string, all app.Measured) measured {
	m := measured{
		Path: path, Subject: all.Subject, Definition: j.measures[0].Definition,
		Metrics: map[string]jsonNumber{}, Reasons: map[string]string{}, Notes: map[string]string{}, Parameters: j.changed,
	}
	if j.cli.db != "" {
		m.Recording = all.ID
	}
	if all.Err != nil {
		m.Error = all.Err.Error()
	}
	for _, v := range all.Values {
		for _, one := range v.Flat() {
			m.Metrics[one.ID] = jsonNumber(one.Value)
			if one.Reason != "" {
				m.Reasons[one.ID] = one.Reason
			}
			if one.Note != "" {
				m.Notes[one.ID] = one.Note
			}
		}
	}
	return m
}

// jsonMetrics writes one document, a recording at a time.
type jsonMetrics struct {
	out io.Writer
	job *metricsJob
	n   int
}

func (o *jsonMetrics) add(path string, m app.Measured) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("  ", "  ")
	if err := e.Encode(o.job.measured(path, m)); err != nil {
		return err
	}
	before := ",\n  "
	if o.n == 0 {
		before = "[\n  "
	}
	o.n++
	_, err := fmt.Fprint(o.out, before, strings.TrimSpace(b.String()))
	return err
}

func (o *jsonMetrics) end() error {
	if o.n == 0 {
		_, err := fmt.Fprintln(o.out, "[]")
		return err
	}
	_, err := fmt.Fprintln(o.out, "\n]")
	return err
}

// longMetrics writes a measure a row.
type longMetrics struct {
	*app.MeasureWriter
	job *metricsJob
}

func (o *longMetrics) add(_ string, m app.Measured) error {
	o.job.complain(m)
	return o.Add(m)
}

func (o *longMetrics) end() error { return o.Close() }

// textMetrics prints the rest-activity rhythm, the measures that fit on a line, or the
// measures of the protocol where there are no more than that.
type textMetrics struct {
	job *metricsJob
	ids []string
	t   *tabwriter.Writer
	why []string // after the table
}

// maxColumns is how many measures fit on a line.
const maxColumns = 20

func newTextMetrics(j *metricsJob) *textMetrics {
	o := &textMetrics{job: j, t: tabwriter.NewWriter(j.cli.out, 0, 0, 2, ' ', 0)}
	for _, m := range j.measures {
		if m.Group == metrics.GroupRhythm || j.study.ByProtocol() && len(j.measures) <= maxColumns {
			o.ids = append(o.ids, m.ID)
		}
	}
	for i := 0; len(o.ids) == i && i < min(maxColumns, len(j.measures)); i++ { // none of the rhythm
		o.ids = append(o.ids, j.measures[i].ID)
	}
	fmt.Fprintf(o.t, "PARTICIPANT\t%s\n", strings.Join(o.ids, "\t"))
	return o
}

func (o *textMetrics) add(_ string, m app.Measured) error {
	if m.Err != nil {
		o.why = append(o.why, printable("refused: "+m.Err.Error()))
		return nil
	}
	values := map[string]metrics.Value{}
	for _, v := range m.Values {
		values[v.ID] = v
	}
	fmt.Fprint(o.t, printable(m.Subject))
	for _, id := range o.ids {
		if v := values[id]; v.Reason != "" {
			fmt.Fprint(o.t, "\t-")
		} else {
			fmt.Fprintf(o.t, "\t%.6g", v.Value)
		}
	}
	o.why = append(o.why, whyNot(m.Subject, values, o.ids)...)
	_, err := fmt.Fprintln(o.t)
	return err
}

// whyNot says why measures have no value, each reason once.
func whyNot(subject string, values map[string]metrics.Value, ids []string) []string {
	var reasons, lines []string
	without := map[string][]string{}
	for _, id := range ids {
		reason := values[id].Reason
		if reason == "" {
			continue
		}
		if without[reason] == nil {
			reasons = append(reasons, reason)
		}
		without[reason] = append(without[reason], id)
	}
	for _, reason := range reasons {
		lines = append(lines, printable(fmt.Sprintf("%s: no %s: %s", subject, strings.Join(without[reason], ", "), reason)))
	}
	return lines
}

func (o *textMetrics) end() error {
	if err := o.t.Flush(); err != nil {
		return err
	}
	for _, line := range o.why {
		fmt.Fprintln(o.job.cli.out, line)
	}
	_, err := fmt.Fprintf(o.job.cli.out, "Definition: %s; %d more measures with --long or --json\n", o.job.measures[0].Definition, len(o.job.measures)-len(o.ids))
	return err
}
