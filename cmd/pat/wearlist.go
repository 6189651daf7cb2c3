package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/actigraphy/wear"
	"circascope/app"
)

// listedWear is the wear of one recording as 'pat wear list' tells it.
type listedWear struct {
	Recording string       `json:"recording"`
	Subject   string       `json:"subject"`
	Mask      string       `json:"mask"`            // id; "" where no layer is on
	Worn      *int         `json:"worn_minutes"`    // null where no layer is on
	Valid     *int         `json:"valid_days"`      // null where no layer is on
	Rule      float64      `json:"valid_day_hours"` //
	Days      []listedDay  `json:"days"`
	Layers    []wear.Layer `json:"layers"`
	History   []wear.Layer `json:"history,omitempty"` // every revision of every layer, where asked for
}

// listedDay is the wear of one calendar day.
type listedDay struct {
	Date     string `json:"date"`
	Recorded int    `json:"recorded_minutes"`
	Worn     int    `json:"worn_minutes"`
	Valid    bool   `json:"valid"`
}

func (c *cli) wearListCommand() *cobra.Command {
	var history bool
	cmd := &cobra.Command{
		Use: "list [PARTICIPANT... | RECORDING...]", Short: "Show the layers of recordings, the minutes worn and the valid days",
		RunE: func(cmd *cobra.Command, names []string) error {
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			return c.showWear(cmd, wb, names, history)
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().BoolVar(&history, "history", false, "every change of every layer, with who, when and why")
	return cmd
}

// showWear shows the wear of recordings, or of all where no name is given.
func (c *cli) showWear(cmd *cobra.Command, wb *app.Workbench, names []string, history bool) error {
	rows, err := wb.Rows(cmd.Context())
	if err != nil {
		return err
	}
	list := []listedWear{}
	for _, name := range names {
		if !slices.ContainsFunc(rows, func(r app.Row) bool { return r.ID == name || r.Subject == name }) {
			return fmt.Errorf("the library holds no recording or participant %s; 'pat list' shows them", name)
		}
	}
	for _, row := range rows {
		if len(names) > 0 && !slices.Contains(names, row.ID) && !slices.Contains(names, row.Subject) {
			continue
		}
		w, err := wearOf(cmd, wb, row, history)
		if err != nil {
			return err
		}
		list = append(list, w)
	}
	return c.show(list, func(w io.Writer) error { return printWear(w, list) })
}

func wearOf(cmd *cobra.Command, wb *app.Workbench, row app.Row, history bool) (listedWear, error) {
	out := listedWear{Recording: row.ID, Subject: row.Subject, Rule: row.ValidDay.Hours, Days: []listedDay{}, Layers: []wear.Layer{}}
	r, err := wb.Recording(cmd.Context(), row.ID)
	if err != nil {
		return out, err
	}
	w, err := wb.Wear(cmd.Context(), r)
	if err != nil {
		return out, err
	}
	out.Layers = append(out.Layers, w.Layers...)
	out.Mask = w.Mask.ID
	if w.Mask.Judged() {
		s := w.Summary()
		worn, valid := s.Minutes(), s.Valid(row.ValidDay)
		out.Worn, out.Valid = &worn, &valid
	}
	for _, d := range w.Days {
		out.Days = append(out.Days, listedDay{d.Date, int(d.Recorded / time.Minute), int(d.Worn / time.Minute), d.Valid(row.ValidDay)})
	}
	if history {
		out.History, err = wb.WearHistory(cmd.Context(), row.ID)
	}
	return out, err
}

func printWear(w io.Writer, list []listedWear) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PARTICIPANT\tWORN\tVALID DAYS\tLAYER\tSTATE\tNAME\tPARAMETERS\tPERIODS\tBY\tREASON\tAT")
	for _, l := range list {
		worn, valid := "-", "-"
		if l.Worn != nil {
			worn, valid = actigraphy.InWords(time.Duration(*l.Worn)*time.Minute), fmt.Sprintf("%d of %d", *l.Valid, len(l.Days))
		}
		fmt.Fprintf(t, "%s\t%s\t%s", printable(l.Subject), worn, valid)
		if len(l.Layers) == 0 {
			fmt.Fprint(t, "\t-\t\tno layers\t\t\t\t\t\n")
		}
		for i, layer := range l.Layers {
			if i > 0 {
				fmt.Fprint(t, "\t\t")
			}
			printLayer(t, layer, onOff(layer.On))
		}
		for _, layer := range l.History {
			fmt.Fprint(t, "\t\t")
			printLayer(t, layer, string(layer.Act)+", "+onOff(layer.On))
		}
	}
	return t.Flush()
}

func printLayer(w io.Writer, l wear.Layer, state string) {
	fmt.Fprintf(w, "\t%d\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n",
		l.ID, state, printable(l.Name), l.Parameters, len(l.Intervals), printable(l.Author), printable(l.Reason), l.At)
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func printDetected(w io.Writer, r app.DetectReport) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PARTICIPANT\tPERIODS\tMINUTES NOT WORN\tLAYER\tRECORDING")
	for _, d := range r.Found {
		layer := "added"
		switch {
		case d.Error != "":
			layer = "none: " + d.Error
		case d.Already:
			layer = "was there"
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\n", printable(d.Subject), d.Periods, d.Minutes, printable(layer), d.Recording)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%s %v: %s\n", r.Method, r.Parameters, r.Summary())
	return err
}
