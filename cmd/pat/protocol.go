package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"circascope/actigraphy/protocol"
	"circascope/app"
)

func (c *cli) protocolCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "protocol",
		Short: "Study protocols: how a study is measured, in a file to share and repeat",
		Long: `A study protocol is a small file (TOML) that says how a study is measured: the
definitions, which measures with which parameters, how sleep is scored and where rest
is from, which days are valid and how many are wanted, and how non-wear is found.

'pat metrics --protocol FILE' measures by it. In a library it must be applied first:
its masks and valid days are then what the protocol says.`,
		Args: noSuchCommand,
		RunE: wantsCommand("name what to do: check, show, write or apply"),
	}
	cmd.AddCommand(c.protocolCheckCommand(), c.protocolShowCommand(), c.protocolWriteCommand(), c.protocolApplyCommand())
	return cmd
}

// shownProtocol is a protocol as JSON tells it.
type shownProtocol struct {
	Name       string   `json:"name"`
	SHA256     string   `json:"sha256"`
	Definition string   `json:"definition"`
	Measures   []string `json:"measures"`
	Scoring    string   `json:"scoring"`
	Rest       string   `json:"rest"`
	Hours      float64  `json:"valid_day_hours"`
	Wanted     int      `json:"valid_days_wanted"`

	Wear protocol.Wear `json:"wear"`
	All  any           `json:"parameters"`
	Of   any           `json:"parameters_by_measure"`
}

func (c *cli) showProtocol(f protocol.File) error {
	list, err := f.Metrics()
	if err != nil {
		return err
	}
	s := shownProtocol{
		Name: f.Name, SHA256: f.SHA256, Definition: string(f.Definition), Measures: []string{}, Scoring: f.Scoring, Rest: f.Rest,
		Hours: f.ValidDay.Hours, Wanted: f.Wanted, Wear: f.Wear, All: f.All, Of: f.Of,
	}
	for _, m := range list {
		s.Measures = append(s.Measures, m.ID)
	}
	return c.show(s, func(w io.Writer) error {
		if _, err := w.Write(f.Text); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w, "\n# %d measures; SHA-256 %s\n", len(list), f.SHA256)
		return err
	})
}

func (c *cli) protocolCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE", Short: "Read a protocol and say all that is wrong with it, by line", Args: one("file"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := app.ReadProtocol(args[0])
			if err != nil {
				return err
			}
			return c.showProtocol(f)
		},
	}
}

func (c *cli) protocolShowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "show", Short: "Show the protocol that was applied to the library", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			f, applied, err := wb.Protocol(cmd.Context())
			if err != nil {
				return err
			}
			if !applied {
				return errors.New("no protocol was applied to the library; 'pat protocol apply FILE' does it")
			}
			return c.showProtocol(f)
		},
	}
	c.dbFlag(cmd)
	return cmd
}

func (c *cli) protocolWriteCommand() *cobra.Command {
	var out, name string
	cmd := &cobra.Command{
		Use: "write --out FILE", Short: "Write how the library is measured now as a protocol, to change and to share", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usageError{errors.New("give --out with the file to write, for example --out study.toml")}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			f, err := wb.CurrentProtocol(cmd.Context())
			if err != nil {
				return err
			}
			if name != "" {
				f.Name = name
				if f, err = f.File(); err != nil {
					return err
				}
			}
			if err := app.WriteProtocol(out, f); err != nil {
				return err
			}
			return c.show([]string{out}, func(w io.Writer) error { return printFiles(w, []string{out}) })
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", "file to write")
	cmd.Flags().StringVar(&name, "name", "", "name of the protocol (default: the one it has)")
	return cmd
}

// appliedProtocol is what 'pat protocol apply' did or would do.
type appliedProtocol struct {
	app.ProtocolPlan
	Applied bool             `json:"applied"`
	NonWear app.DetectReport `json:"non_wear"`
}

func (c *cli) protocolApplyCommand() *cobra.Command {
	var by app.By
	var dry bool
	cmd := &cobra.Command{
		Use: "apply FILE", Short: "Make a protocol that of the library: its valid day, its non-wear, its rest", Args: one("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := app.ReadProtocol(args[0])
			if err != nil {
				return err
			}
			wb, err := c.openLibrary(cmd, dry)
			if err != nil {
				return err
			}
			defer wb.Close()
			out := appliedProtocol{Applied: !dry, NonWear: app.DetectReport{Found: []app.Detected{}}}
			if out.ProtocolPlan, err = wb.PlanProtocol(cmd.Context(), f); err != nil {
				return err
			}
			if !dry {
				if out.NonWear, err = wb.ApplyProtocol(cmd.Context(), f, by, c.progress()); err != nil {
					return err
				}
			}
			if err := c.show(out, func(w io.Writer) error { return printApplied(w, out) }); err != nil {
				return err
			}
			return partly(out.NonWear.Failed() > 0)
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would change, and change nothing")
	byFlags(cmd, &by, "")
	return cmd
}

func printApplied(w io.Writer, out appliedProtocol) error {
	if len(out.Changes) == 0 {
		fmt.Fprintln(w, "Nothing changes.")
	}
	for _, change := range out.Changes {
		fmt.Fprintln(w, printable(fmt.Sprintf("%s: %s -> %s", change.What, change.From, change.To)))
	}
	for _, note := range out.Notes {
		fmt.Fprintln(w, printable(note))
	}
	if !out.Applied {
		_, err := fmt.Fprintln(w, "Nothing was changed: leave --dry-run away to apply it.")
		return err
	}
	if out.NonWear.Method == "" {
		return nil
	}
	for _, d := range out.NonWear.Found {
		if d.Error != "" {
			fmt.Fprintln(w, printable(fmt.Sprintf("%s: %s", d.Subject, d.Error)))
		}
	}
	_, err := fmt.Fprintln(w, out.NonWear.Summary())
	return err
}
