package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw/measure"
)

// inspected is one recording as 'pat inspect' tells it.
type inspected struct {
	Path     string            `json:"path"`
	Format   string            `json:"format"`
	Subject  string            `json:"subject"`
	Device   string            `json:"device"`
	Start    string            `json:"start"`
	Epoch    float64           `json:"epoch_seconds"`
	Epochs   int               `json:"epochs"`
	Unit     string            `json:"unit"`
	Sum      jsonNumber        `json:"sum"`
	Zeros    int               `json:"zeros"`
	Missing  int               `json:"missing"`
	First    []jsonNumber      `json:"first"`
	Channels []string          `json:"channels"`
	Options  map[string]string `json:"options,omitempty"`
	Warnings []string          `json:"warnings"`
	Error    string            `json:"error"`
}

// firstValues is how many values 'pat inspect' shows.
const firstValues = 20

func (c *cli) inspectCommand() *cobra.Command {
	var opts readFlags
	cmd := &cobra.Command{
		Use:   "inspect FILE...",
		Short: "Read recordings and show what is in them; store nothing",
		Args:  oneOrMore("file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.check(); err != nil {
				return usageError{err}
			}
			wb, err := c.workbench()
			if err != nil {
				return err
			}
			list := []inspected{}
			failed := false
			err = wb.Inspect(cmd.Context(), args, opts.options(), func(path string, r *actigraphy.Recording, err error) error {
				if err != nil {
					failed = true
					list = append(list, inspected{Path: path, Error: err.Error(), First: []jsonNumber{}, Channels: []string{}, Warnings: []string{}})
					return nil
				}
				list = append(list, inspect(path, r))
				return nil
			})
			if err != nil {
				return err
			}
			if err := c.show(list, func(w io.Writer) error { return printInspected(w, list) }); err != nil {
				return err
			}
			return partly(failed)
		},
	}
	opts.register(cmd)
	return cmd
}

func inspect(path string, r *actigraphy.Recording) inspected {
	info := actigraphy.Describe(r)
	first := make([]jsonNumber, min(firstValues, len(r.Activity)))
	for i := range first {
		first[i] = jsonNumber(r.Activity[i])
	}
	warnings := info.Source.Notes
	if warnings == nil {
		warnings = []string{}
	}
	return inspected{
		Path: path, Format: info.Source.Format, Subject: info.Subject, Device: info.Device,
		Start: info.Start.String(), Epoch: info.Epoch.Seconds(), Epochs: info.Epochs, Unit: info.Unit.String(),
		Sum: jsonNumber(info.Sum), Zeros: info.Zeros, Missing: info.Missing, First: first,
		Channels: append([]string{}, info.Channels...), Options: info.Source.Options, Warnings: warnings,
	}
}

func printInspected(w io.Writer, list []inspected) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FILE\tFORMAT\tPARTICIPANT\tSTART\tEPOCH\tEPOCHS\tMISSING\tZEROS\tSUM\tUNIT")
	for _, r := range list {
		if r.Error != "" {
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%g s\t%d\t%d\t%d\t%.10g\t%s\n",
			printable(r.Path), r.Format, printable(r.Subject), r.Start, r.Epoch, r.Epochs, r.Missing, r.Zeros, float64(r.Sum), r.Unit)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, r := range list {
		for _, note := range r.Warnings {
			fmt.Fprintln(w, printable(fmt.Sprintf("%s (%s): %s", r.Path, r.Subject, note)))
		}
		if r.Error != "" {
			fmt.Fprintf(w, "refused: %s\n", printable(r.Error))
		}
	}
	return nil
}

// jsonNumber is a number whose NaN is null in JSON.
type jsonNumber float64

// MarshalJSON writes the shortest number that reads back the same.
func (n jsonNumber) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) {
		return []byte("null"), nil
	}
	return marshalFloat(float64(n))
}

// readFlags are the flags of commands that read recordings.
type readFlags struct {
	channel, dateOrder, subject string

	epoch      int // seconds
	sleepStill bool
}

func (f *readFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.channel, "channel", "", "activity channel of devices that have several, for example \"vector magnitude\"; of raw files also ENMO and MIMS")
	cmd.Flags().StringVar(&f.dateOrder, "date-order", "", "order of dates where a file leaves it open: ymd, dmy or mdy")
	cmd.Flags().StringVar(&f.subject, "subject", "", "participant id, instead of the one in the file")
	cmd.Flags().IntVar(&f.epoch, "epoch", 0, "seconds of an epoch computed from a raw file (60); other files keep theirs")
	cmd.Flags().BoolVar(&f.sleepStill, "sleep-still", false, "take time that a raw file's device slept as stillness, as its maker does, not as missing")
}

func (f *readFlags) check() error {
	if order := format.DateOrder(f.dateOrder); !order.Valid() {
		return fmt.Errorf("--date-order %s: want %s, %s or %s", order, format.YearMonthDay, format.DayMonthYear, format.MonthDayYear)
	}
	if err := measure.CheckEpoch(f.length()); err != nil {
		return fmt.Errorf("--epoch %d: %w", f.epoch, err)
	}
	return nil
}

func (f *readFlags) options() format.Options {
	return format.Options{
		Channel: f.channel, DateOrder: format.DateOrder(f.dateOrder), Subject: f.subject,
		Epoch: f.length(), SleepStill: f.sleepStill,
	}
}

// length is the epoch of raw files.
func (f *readFlags) length() time.Duration { return time.Duration(f.epoch) * time.Second }

func partly(failed bool) error {
	if failed {
		return errPartly
	}
	return nil
}
