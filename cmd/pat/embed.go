package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/inference"
	"circascope/inference/latency"
	"circascope/models"
)

// embedFlags are the choices of 'pat embed'.
type embedFlags struct {
	weights, input, output, profile, score, precision string
	workers                                           int
}

// embedded is what 'pat embed' tells.
type embedded struct {
	Model          models.Size `json:"model"`
	WeightsSHA256  string      `json:"weights_sha256"`
	N              int         `json:"n"`
	Seconds        float64     `json:"seconds"`
	SecondsPerWeek float64     `json:"seconds_per_week"`
	Precision      string      `json:"precision"`
	Device         string      `json:"device"`
	TensorFlow     string      `json:"tensorflow"`
	Score          string      `json:"score,omitempty"` // what the probability of a fine-tuned file is called
}

func (c *cli) embedCommand() *cobra.Command {
	var f embedFlags
	cmd := &cobra.Command{
		Use:   "embed --weights FILE.h5 --input WEEKS.npy --output EMB.npy",
		Short: "Embed standardised weeks of a .npy file, without a library",
		Long: `Embed already standardised input (weeks, minutes; float32) into embeddings
(weeks, 96; float32). The model size is read from the weights file. Naming a
file here approves it for this run alone.`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return usageError{err}
			}
			report, err := c.embed(cmd, f)
			if err != nil {
				return err
			}
			return c.show(report, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "PAT-%s: %d weeks in %.2f s (%.4f s each) on the %s in %s, TensorFlow %s\n",
					report.Model, report.N, report.Seconds, report.SecondsPerWeek, report.Device, report.Precision, report.TensorFlow)
				return err
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.weights, "weights", "", "weights file (.h5)")
	flags.StringVar(&f.input, "input", "", "standardised weeks, .npy (weeks, minutes) float32")
	flags.StringVar(&f.output, "output", "", "where the embeddings go, .npy (weeks, 96) float32")
	flags.StringVar(&f.profile, "profile", "", "where the last layer's attention profiles go, .npy (weeks, tokens) float32")
	flags.StringVar(&f.score, "score", "", "where the probabilities of a fine-tuned file go, .npy (weeks, 1) float32")
	precisionFlag(flags, &f.precision)
	flags.IntVar(&f.workers, "workers", 0, "single-threaded workers (default: one a core)")
	return cmd
}

func (f embedFlags) check() error {
	switch {
	case f.weights == "" || f.input == "" || f.output == "":
		return errors.New("give --weights, --input and --output")
	case f.workers < 0:
		return errWorkers(f.workers)
	}
	if err := checkPrecision(f.precision); err != nil {
		return err
	}
	return f.checkPlaces()
}

// checkPlaces refuses to write one file over another that was named.
func (f embedFlags) checkPlaces() error {
	named := map[string]string{}
	for _, p := range []struct{ flag, path string }{
		{"--weights", f.weights}, {"--input", f.input}, {"--output", f.output}, {"--profile", f.profile}, {"--score", f.score},
	} {
		path := resolved(p.path)
		if other, ok := named[path]; ok && p.path != "" {
			return fmt.Errorf("%s and %s name the same file, %s; choose another", other, p.flag, p.path)
		}
		named[path] = p.flag
	}
	return nil
}

// resolved returns the one name of a file, so far as it can be told.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return path
}

func (c *cli) embed(cmd *cobra.Command, f embedFlags) (embedded, error) {
	wb, err := c.workbench()
	if err != nil {
		return embedded{}, err
	}
	defer wb.Close()
	in, err := openNPY(f.input)
	if err != nil {
		return embedded{}, err
	}
	defer in.file.Close()
	weights, err := c.trustOnce(cmd, wb, f.weights)
	if err != nil {
		return embedded{}, err
	}
	tokens, err := weights.Spec.Tokens(in.minutes)
	if err != nil {
		return embedded{}, fmt.Errorf("%s: %w", f.input, err)
	}
	if f.score != "" && weights.Head == nil {
		return embedded{}, fmt.Errorf("%s has no head that gives a score; leave out --score, or name a fine-tuned file", f.weights)
	}
	out, err := newEmbedOutput(f, in.n, tokens)
	if err != nil {
		return embedded{}, err
	}
	defer out.abandon()
	started := time.Now()
	rt, err := wb.Embed(cmd.Context(), weights, inference.Options{Workers: f.workers, Profiles: f.profile != "", Precision: f.precision}, in.weeks(), out.write)
	seconds := time.Since(started).Seconds()
	c.noteLatency(wb, func(k latency.Key) bool { return k == latency.RuntimeKey(weights.Spec.Size, rt) })
	if err != nil {
		return embedded{}, err
	}
	report := embedded{
		Model: weights.Spec.Size, WeightsSHA256: weights.SHA256, N: in.n, Seconds: seconds, SecondsPerWeek: seconds / float64(in.n),
		Precision: rt.Precision, Device: rt.Device.Kind, TensorFlow: rt.Version,
	}
	if weights.Head != nil {
		report.Score = weights.Head.Score
	}
	return report, out.commit()
}

// trustOnce loads a weights file that was named, and says so with its state.
func (c *cli) trustOnce(cmd *cobra.Command, wb *app.Workbench, path string) (*models.Weights, error) {
	weights, file, err := wb.TrustOnce(cmd.Context(), path)
	if err != nil {
		return nil, err
	}
	c.note("%s is %s; used for this run because it was named (SHA-256 %s)", path, file.State, file.SHA256)
	return weights, nil
}

// embedOutput is the file of embeddings and, where asked for, those of profiles
// and scores.
type embedOutput struct {
	columns []embedColumn
	done    bool
}

// embedColumn is one file, and what of an embedding goes into it.
type embedColumn struct {
	file *npyWriter
	row  func(inference.Embedding) []float32
}

func newEmbedOutput(f embedFlags, n, tokens int) (*embedOutput, error) {
	out := new(embedOutput)
	for _, c := range []struct {
		path  string
		width int
		row   func(inference.Embedding) []float32
	}{
		{f.output, models.Dim, func(e inference.Embedding) []float32 { return e.Vector }},
		{f.profile, tokens, func(e inference.Embedding) []float32 { return e.Profile }},
		{f.score, 1, func(e inference.Embedding) []float32 { return []float32{e.Score.Value} }},
	} {
		if c.path == "" {
			continue
		}
		file, err := createNPY(c.path, n, c.width)
		if err != nil {
			out.abandon()
			return nil, err
		}
		out.columns = append(out.columns, embedColumn{file, c.row})
	}
	return out, nil
}

func (o *embedOutput) write(e inference.Embedding) error {
	for _, c := range o.columns {
		if err := c.file.row(c.row(e)); err != nil {
			return err
		}
	}
	return nil
}

func (o *embedOutput) commit() error {
	o.done = true
	var err error
	for _, c := range o.columns {
		err = errors.Join(err, c.file.commit())
	}
	return err
}

// abandon removes what was not committed.
func (o *embedOutput) abandon() {
	if o.done {
		return
	}
	for _, c := range o.columns {
		c.file.abandon()
	}
}
