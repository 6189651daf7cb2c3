package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"circascope/actigraphy/wear"
	"circascope/app"
)

func (c *cli) wearCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "wear",
		Short: "When the device was not worn: detect, list, import and export masks, the valid day",
		Long: `When the device was not worn. Masks lie beside the data as layers, which can be
switched on and off; what those that are on call not worn is missing for weeks and
measures, and so are days worn for fewer hours than a valid day needs.`,
		Args: noSuchCommand,
		RunE: wantsCommand("name a command"),
	}
	cmd.AddCommand(
		c.wearMethodsCommand(), c.wearDetectCommand(), c.wearListCommand(), c.wearSwitchCommand(), c.wearRemoveCommand(),
		c.wearImportCommand(), c.wearExportCommand(), c.validDayCommand(),
	)
	return cmd
}

// byFlags says who changes a mask, and why.
func byFlags(cmd *cobra.Command, by *app.By, reason string) {
	cmd.Flags().StringVar(&by.Author, "author", "", "who says so (default: your account's name)")
	cmd.Flags().StringVar(&by.Reason, "reason", reason, "why; it is kept with the mask")
}

func (c *cli) wearMethodsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "methods", Short: "The ways to find non-wear, with their parameters and references", Args: nothing,
		RunE: func(*cobra.Command, []string) error {
			methods := wear.Methods()
			return c.show(methods, func(w io.Writer) error { return printMethods(w, methods) })
		},
	}
}

func printMethods(w io.Writer, methods []wear.Method) error {
	for _, m := range methods {
		fmt.Fprintf(w, "%s: %s\n  %s\n", m.ID, m.Name, m.Rule)
		for _, p := range m.Parameters {
			fmt.Fprintf(w, "  --set %s=%v  %s (%s)\n", p.ID, p.Default, p.Name, p.Unit)
		}
		if _, err := fmt.Fprintf(w, "  %s\n", m.Reference); err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) wearDetectCommand() *cobra.Command {
	var o app.DetectOptions
	var set []string
	var all bool
	cmd := &cobra.Command{
		Use:   "detect --method choi (--all | PARTICIPANT... | RECORDING...)",
		Short: "Find non-wear by an algorithm and add it as a layer that is on",
		RunE: func(cmd *cobra.Command, ids []string) (err error) {
			if all == (len(ids) > 0) {
				return usageError{errors.New("name participants or recordings, or give --all; 'pat list' shows them")}
			}
			method, err := wear.Find(o.Method)
			if err != nil {
				return usageError{err}
			}
			if o.Values, err = parseValues(set); err == nil {
				_, err = method.Complete(o.Values)
			}
			if err != nil {
				return usageError{err}
			}
			o.Recordings = app.OnlyOrAll(ids)
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			report, err := wb.DetectNonWear(cmd.Context(), o, c.progress())
			if err != nil {
				return err
			}
			if err := c.show(report, func(w io.Writer) error { return printDetected(w, report) }); err != nil {
				return err
			}
			return partly(report.Failed() > 0)
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&o.Method, "method", wear.Choi, "the algorithm; 'pat wear methods' describes them")
	cmd.Flags().StringArrayVar(&set, "set", nil, "a parameter, for example --set period=60; again for another")
	cmd.Flags().BoolVar(&all, "all", false, "every recording of the library")
	byFlags(cmd, &o.By, "found by the algorithm")
	return cmd
}

// parseValues reads parameters as name=number.
func parseValues(set []string) (wear.Values, error) {
	values := wear.Values{}
	for _, s := range set {
		id, text, found := strings.Cut(s, "=")
		v, err := strconv.ParseFloat(text, 64)
		if !found || err != nil {
			return nil, fmt.Errorf("--set %s: want a parameter and a number, for example period=60", s)
		}
		values[id] = v
	}
	return values, nil
}

func (c *cli) wearSwitchCommand() *cobra.Command {
	var by app.By
	cmd := &cobra.Command{
		Use: "switch RECORDING LAYER on|off", Short: "Switch a layer on or off", Args: words("a recording, a layer's number, and on or off", 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[2] != "on" && args[2] != "off" {
				return usageError{fmt.Errorf("%q: want on or off", args[2])}
			}
			return c.changeLayer(cmd, args, func(wb *app.Workbench, recording string, layer int64) error {
				return wb.SwitchLayer(cmd.Context(), recording, layer, args[2] == "on", by)
			})
		},
	}
	c.dbFlag(cmd)
	byFlags(cmd, &by, "")
	return cmd
}

func (c *cli) wearRemoveCommand() *cobra.Command {
	var by app.By
	cmd := &cobra.Command{
		Use: "remove RECORDING LAYER", Short: "Take a layer off a recording; its history stays", Args: words("a recording and a layer's number", 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.changeLayer(cmd, args, func(wb *app.Workbench, recording string, layer int64) error {
				return wb.RemoveLayer(cmd.Context(), recording, layer, by)
			})
		},
	}
	c.dbFlag(cmd)
	byFlags(cmd, &by, "")
	return cmd
}

// changeLayer changes one layer and shows the recording's layers then.
func (c *cli) changeLayer(cmd *cobra.Command, args []string, change func(wb *app.Workbench, recording string, layer int64) error) error {
	layer, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return usageError{fmt.Errorf("%q is no layer's number; 'pat wear list' shows them", args[1])}
	}
	return c.changeWear(cmd, args[0], func(wb *app.Workbench, recording string) error { return change(wb, recording, layer) })
}

// changeWear changes the wear of one recording and shows it then.
func (c *cli) changeWear(cmd *cobra.Command, name string, change func(wb *app.Workbench, recording string) error) error {
	wb, err := c.openLibrary(cmd, false)
	if err != nil {
		return err
	}
	defer wb.Close()
	info, err := recordingNamed(cmd.Context(), wb, name)
	if err != nil {
		return err
	}
	if err := change(wb, info.ID); err != nil {
		return err
	}
	return c.showWear(cmd, wb, []string{info.ID}, false)
}

func (c *cli) wearImportCommand() *cobra.Command {
	var by app.By
	cmd := &cobra.Command{
		Use: "import RECORDING FILE", Short: "Add a mask file of pyActigraphy (CSV, ODS or XLSX with Start_time and Stop_time) as a layer", Args: words("a recording and a mask file", 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.changeWear(cmd, args[0], func(wb *app.Workbench, recording string) error {
				return wb.ImportMask(cmd.Context(), args[1], recording, by)
			})
		},
	}
	c.dbFlag(cmd)
	byFlags(cmd, &by, "mask file")
	return cmd
}

func (c *cli) wearExportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "export RECORDING --out FILE", Short: "Write what was not worn as a mask file of pyActigraphy", Args: one("recording"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usageError{errors.New("give --out with the file to write")}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			info, err := recordingNamed(cmd.Context(), wb, args[0])
			if err != nil {
				return err
			}
			files, err := wb.ExportMask(cmd.Context(), out, info.ID)
			if err != nil {
				return err
			}
			return c.show(files, func(w io.Writer) error { return printFiles(w, files) })
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "file to write")
	return cmd
}

func (c *cli) validDayCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "valid-day [HOURS]", Short: "Show or choose how many hours worn make a valid day; 0 lets every day count",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("name the hours once")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			wb, err := c.openLibrary(cmd, len(args) == 0)
			if err != nil {
				return err
			}
			defer wb.Close()
			if len(args) == 1 {
				hours, err := strconv.ParseFloat(args[0], 64)
				if err != nil {
					return usageError{fmt.Errorf("%q is no number of hours", args[0])}
				}
				if err := wb.SetValidDay(cmd.Context(), wear.ValidDay{Hours: hours}); err != nil {
					return err
				}
			}
			rule, err := wb.ValidDay(cmd.Context())
			if err != nil {
				return err
			}
			return c.show(rule, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "A day counts where %g hours of it were worn\n", rule.Hours)
				return err
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}
