package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/models"
	"circascope/plots"
)

// compareFlags are the choices of 'pat compare'.
type compareFlags struct {
	models, scaler, out, color string
	demo                       bool
}

func (c *cli) compareCommand() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:   "compare --out DIR",
		Short: "The model sizes side by side on the same weeks: a report (PDF) and tables (CSV) into a folder",
		Long: `The model sizes side by side on the weeks that each of them embedded: how far
they agree, whom they place differently, their time and memory, and which size
suits this machine. It compares what is stored; 'pat run' embeds.

Only embeddings made with one scaler, preparation and state of the weights are
compared. Those made with the demo weights are compared with --demo alone.`,
		Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := f.options()
			if err != nil {
				return usageError{err}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			compared, color, err := compareAll(cmd, wb, o, f.color, c.progress())
			if err != nil {
				return err
			}
			files, err := wb.ExportCompare(cmd.Context(), f.out, compared, color)
			if err != nil {
				return err
			}
			c.noteMissing(o, compared)
			return c.show(comparisonOf(compared, files), func(w io.Writer) error { return printComparison(w, compared, files) })
		},
	}
	c.dbFlag(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "folder to write into; it is made where there is none")
	flags.StringVar(&f.models, "models", "", "sizes, separated by commas (default: every one that was run)")
	flags.StringVar(&f.scaler, "scaler", "", "name or id of the scaler that the embeddings were made with (default: the one most sizes have)")
	flags.StringVar(&f.color, "color", app.ColorActivity, "colour the report's maps by: "+strings.Join(app.ColorColumns(), ", "))
	flags.BoolVar(&f.demo, "demo", false, "compare embeddings made with the demo weights")
	return cmd
}

func (f compareFlags) options() (app.CompareOptions, error) {
	o := app.CompareOptions{State: models.Approved, Scaler: f.scaler}
	if f.demo {
		o.State = models.Demo
	}
	if f.out == "" {
		return o, errors.New("give --out with the folder to write into")
	}
	if f.models == "" {
		return o, nil
	}
	var err error
	o.Models, err = parseSizes(f.models)
	return o, err
}

// compareAll compares what the options ask for; nothing to compare is an error.
func compareAll(cmd *cobra.Command, wb *app.Workbench, o app.CompareOptions, column string, progress app.Progress) (app.Comparison, plots.Coloring, error) {
	c, err := wb.Compare(cmd.Context(), o, progress)
	if err != nil {
		return c, plots.Coloring{}, err
	}
	if len(c.Sizes) == 0 {
		return c, plots.Coloring{}, nothingToCompare(cmd, wb, o)
	}
	if c.Weeks == 0 {
		return c, plots.Coloring{}, errors.New("no week was embedded by every size; run the sizes on the same recordings with 'pat run'")
	}
	color, err := wb.Coloring(cmd.Context(), column, c.Sizes[0].Set.Results)
	return c, color, err
}

// nothingToCompare says why there is nothing of what the options ask for.
func nothingToCompare(cmd *cobra.Command, wb *app.Workbench, o app.CompareOptions) error {
	list, err := wb.Comparables(cmd.Context())
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return errors.New("the library holds no embeddings; run PAT first with 'pat run --model S,M,L --all'")
	}
	demo := 0
	var have []string
	for _, c := range list {
		have = append(have, c.Label())
		if c.State == models.Demo {
			demo++
		}
	}
	if o.State == models.Approved && demo == len(list) {
		return errors.New("the library's embeddings were made with the demo weights; compare them all the same with --demo, or approve the authors' weights ('pat models approve FILE') and run them")
	}
	return fmt.Errorf("the library holds no embeddings of that kind; it holds: %s", strings.Join(have, "; "))
}

// noteMissing says which sizes there is nothing of, and how to get it.
func (c *cli) noteMissing(o app.CompareOptions, compared app.Comparison) {
	want := o.Models
	if len(want) == 0 {
		want = models.Sizes()
	}
	more := "" // what makes a run or bench compute as these results
	if compared.Precision != "float32" {
		more += " --precision " + compared.Precision
	}
	if compared.Demo() {
		more += " --demo"
	}
	var missing []string
	for _, size := range want {
		if !slices.ContainsFunc(compared.Sizes, func(s app.ComparedSize) bool { return s.Model == size }) {
			missing = append(missing, string(size))
		}
	}
	if len(missing) > 0 {
		c.note("not compared, for want of embeddings made in the same way: PAT-%s; 'pat run --model %s --all%s' makes them",
			strings.Join(missing, ", PAT-"), strings.Join(missing, ","), more)
	}
	for _, size := range compared.Advice.Unmeasured {
		c.note("PAT-%s was never timed on this machine; 'pat bench --model %s%s' does", size, size, more)
	}
}

// comparisonDocument is the JSON of 'pat compare'.
type comparisonDocument struct {
	app.Comparison
	Disagreement []app.Disagreement `json:"disagreement"` // most first
	Published    []app.Published    `json:"published_auc"`
	Source       string             `json:"published_source"`
	Limits       string             `json:"published_limits"`
	Files        []string           `json:"files"`
}

func comparisonOf(c app.Comparison, files []string) comparisonDocument {
	return comparisonDocument{c, c.Agreed.People, app.PublishedAUC(), app.PublishedSource, app.PublishedLimits, files}
}

// printedPeople is how many participants are listed on a terminal.
const printedPeople = 5

func printComparison(out io.Writer, c app.Comparison, files []string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s, scaler %s, %s weights\n\n", c.Summary(), printable(c.Scaler), c.State)
	for _, note := range c.Notes {
		fmt.Fprintln(w, printable(note))
	}
	fmt.Fprintln(w, "size\ts a week\tquartiles\there, s a week\tmemory, MB\tPC1\tPC2")
	for _, s := range c.Sizes {
		here, memory := "-", "-"
		if s.Speed != nil {
			here = fmt.Sprintf("%.4g", s.Speed.PerWeek())
			if s.Speed.PeakRSS > 0 {
				memory = fmt.Sprintf("%.0f", s.Speed.PeakRSS)
			}
		}
		shares := [2]string{"-", "-"}
		for i, share := range s.Variance[:min(len(s.Variance), len(shares))] {
			shares[i] = fmt.Sprintf("%.1f %%", 100*share)
		}
		fmt.Fprintf(w, "PAT-%s\t%.4g\t%.4g - %.4g\t%s\t%s\t%s\t%s\n", s.Model, s.Seconds.Median, s.Seconds.Q1, s.Seconds.Q3, here, memory, shares[0], shares[1])
	}
	if len(c.Agreed.Pairs) > 0 {
		fmt.Fprintln(w, "\nsizes\tCKA\tshuffled 95 %\tplain CKA\tneighbours\tdistances\tshape")
	}
	for _, p := range c.Agreed.Pairs {
		shuffled := "-"
		if p.Null != nil {
			shuffled = fmt.Sprintf("%.3f", p.Null.P95)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.Name(), p.CKA.Decimals(), shuffled, p.Plain.Decimals(), p.Overlap.Percent(), p.Distances.Decimals(), p.Disparity.Decimals())
	}
	for _, why := range c.Agreed.Reasons() {
		fmt.Fprintln(w, why)
	}
	if len(c.Agreed.Pairs) > 0 {
		fmt.Fprintln(w, "\nplaced most differently\tneighbours not shared\tshift")
		for _, d := range c.Agreed.People[:min(printedPeople, len(c.Agreed.People))] {
			fmt.Fprintf(w, "%s\t%s\t%s\n", printable(d.Subject), d.Neighbours.Percent(), d.Shift.Decimals())
		}
	}
	fmt.Fprintf(w, "\n%s\n\n", c.Advice.Text)
	if c.Demo() {
		fmt.Fprintln(w, "Made with demo weights: for trying the program, not for research.")
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return printFiles(out, files)
}
