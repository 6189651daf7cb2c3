package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/inference"
	"circascope/models"
)

// listed is one recording of a library as 'pat list' tells it.
type listed struct {
	ID       string        `json:"id"`
	Subject  string        `json:"subject"`
	Device   string        `json:"device"`
	Start    string        `json:"start"`
	Epoch    float64       `json:"epoch_seconds"`
	Epochs   int           `json:"epochs"`
	Missing  int           `json:"missing"`
	Days     int           `json:"days_complete"`
	Unit     string        `json:"unit"`
	Embedded []models.Size `json:"embedded"`
	Demo     bool          `json:"demo_weights"`
	Source   string        `json:"source"`
	SHA256   string        `json:"source_sha256"`
	Format   string        `json:"format"`

	Mask  string `json:"mask"`         // id of the mask of what was not worn; "" where none is on
	Worn  *int   `json:"worn_minutes"` // null where no mask is on
	Valid *int   `json:"valid_days"`   // null where no mask is on

	Variables map[string]string `json:"variables,omitempty"` // what tables tell of the participant; "" for no value

	Scores []inference.Scored `json:"scores"` // of fine-tuned files: probabilities of their authors' tasks, no diagnoses
}

func (c *cli) listCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Show what the library holds",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			rows, err := wb.Rows(cmd.Context())
			if err != nil {
				return err
			}
			list := make([]listed, len(rows))
			for i, r := range rows {
				list[i] = listRow(r)
			}
			return c.show(list, func(w io.Writer) error { return printList(w, list) })
		},
	}
	c.dbFlag(cmd)
	return cmd
}

func listRow(r app.Row) listed {
	l := listed{
		ID: r.ID, Subject: r.Subject, Device: r.Device, Start: r.Start.String(), Epoch: r.Epoch.Seconds(),
		Epochs: r.Epochs, Missing: r.Missing, Days: r.Days, Unit: r.Unit.String(),
		Embedded: append([]models.Size{}, r.Embedded...), Demo: r.Demo,
		Source: r.Source.Name, SHA256: r.Source.SHA256, Format: r.Source.Format,
		Scores: append([]inference.Scored{}, r.Scores...), Mask: r.Mask,
	}
	for _, v := range r.Values {
		if l.Variables == nil {
			l.Variables = map[string]string{}
		}
		l.Variables[v.Name] = v.Text
	}
	if w := r.Wear(); w.Mask != "" {
		worn, valid := w.Minutes(), w.Valid(r.ValidDay)
		l.Worn, l.Valid = &worn, &valid
	}
	return l
}

func printList(w io.Writer, list []listed) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PARTICIPANT\tSTART\tEPOCH\tDAYS COMPLETE\tVALID DAYS\tMISSING\tEMBEDDED\tSOURCE\tRECORDING")
	for _, r := range list {
		fmt.Fprintf(t, "%s\t%s\t%g s\t%d\t%s\t%d\t%v\t%s\t%s\n", printable(r.Subject), r.Start, r.Epoch, r.Days, validDays(r), r.Missing, sizeNames(r.Embedded), printable(r.Source), r.ID)
	}
	return t.Flush()
}

// validDays is a dash where no mask is on: nobody judged the wear.
func validDays(r listed) string {
	if r.Valid == nil {
		return "-"
	}
	return strconv.Itoa(*r.Valid)
}

// sizeNames lists sizes as --model takes them.
func sizeNames(sizes []models.Size) string {
	if len(sizes) == 0 {
		return "-"
	}
	names := make([]string, len(sizes))
	for i, s := range sizes {
		names[i] = string(s)
	}
	return strings.Join(names, ",")
}
