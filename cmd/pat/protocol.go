package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

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

A library to which one was applied is measured by it everywhere, and recordings that
are imported later are brought under it. 'pat metrics --protocol FILE FILES...' measures
files by it.`,
		Args: noSuchCommand,
		RunE: wantsCommand("name what to do: check, show, write, apply, follow or remove"),
	}
	cmd.AddCommand(c.protocolCheckCommand(), c.protocolShowCommand(), c.protocolWriteCommand(), c.protocolApplyCommand(), c.protocolFollowCommand(), c.protocolRemoveCommand())
	return cmd
}

// errNoProtocol is the error of a library without a protocol.
var errNoProtocol = errors.New("no protocol was applied to the library; 'pat protocol apply FILE' does it")

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

	Applied *app.Applied `json:"applied,omitempty"` // to the library, where it was
	Pending []string     `json:"pending,omitempty"` // recordings in which its non-wear was not looked for yet
	Drift   string       `json:"drift,omitempty"`   // what of the library is not as it says any more
}

// showProtocol shows a protocol, and where it was applied, how it holds there.
func (c *cli) showProtocol(study app.Study, applied bool) error {
	f := study.Protocol
	list, err := f.Metrics()
	if err != nil {
		return err
	}
	s := shownProtocol{
		Pending: study.Pending, Drift: study.Drift(),
		Name: f.Name, SHA256: f.SHA256, Definition: string(f.Definition), Measures: []string{}, Scoring: f.Scoring, Rest: f.Rest,
		Hours: f.ValidDay.Hours, Wanted: f.Wanted, Wear: f.Wear, All: f.All, Of: f.Of,
	}
	for _, m := range list {
		s.Measures = append(s.Measures, m.ID)
	}
	if applied {
		s.Applied = &study.Applied
	}
	return c.show(s, func(w io.Writer) error {
		if _, err := w.Write(f.Text); err != nil {
			return err
		}
		fmt.Fprintf(w, "\n# %d measures; SHA-256 %s\n", len(list), f.SHA256)
		for _, line := range howApplied(s) {
			fmt.Fprintf(w, "# %s\n", printable(line))
		}
		return nil
	})
}

// howApplied says how a protocol holds for a library.
func howApplied(s shownProtocol) []string {
	if s.Applied == nil {
		return nil
	}
	var lines []string
	if s.Applied.At != "" {
		lines = append(lines, fmt.Sprintf("applied %s by %s", s.Applied.At, s.Applied.By))
	}
	if s.Drift != "" {
		lines = append(lines, "not as it says: "+s.Drift)
	}
	if n := len(s.Pending); n > 0 {
		lines = append(lines, fmt.Sprintf("%d recordings are not yet under it; 'pat protocol follow' looks for non-wear in them", n))
	}
	for _, id := range slices.Sorted(maps.Keys(s.Applied.LeftOut)) {
		lines = append(lines, fmt.Sprintf("without its non-wear: %s: %s", id, s.Applied.LeftOut[id]))
	}
	return lines
}

func (c *cli) protocolCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE", Short: "Read a protocol and say all that is wrong with it, by line", Args: one("file"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := app.ReadProtocol(args[0])
			if err != nil {
				return err
			}
			study, err := app.NewStudy(f)
			if err != nil {
				return err
			}
			return c.showProtocol(study, false)
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
			study, err := wb.Study(cmd.Context())
			if err != nil {
				return err
			}
			if !study.ByProtocol() {
				return errNoProtocol
			}
			return c.showProtocol(study, true)
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
	return printNonWear(w, out.NonWear)
}

// printNonWear says what a protocol's non-wear came to.
func printNonWear(w io.Writer, r app.DetectReport) error {
	if r.Method == "" {
		return nil
	}
	for _, d := range r.Found {
		if d.Error != "" {
			fmt.Fprintln(w, printable(fmt.Sprintf("%s: %s", d.Subject, d.Error)))
		}
	}
	_, err := fmt.Fprintln(w, r.Summary())
	return err
}

func (c *cli) protocolFollowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "follow", Short: "Bring recordings under the library's protocol that are not yet: an import that was cut off left them", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			if study, err := wb.Study(cmd.Context()); err != nil || !study.ByProtocol() {
				return cmp.Or(err, errNoProtocol)
			}
			report, err := wb.FollowProtocol(cmd.Context(), c.progress())
			if err != nil {
				return err
			}
			return c.show(report, func(w io.Writer) error {
				if report.Method == "" {
					_, err := fmt.Fprintln(w, "Every recording is under the protocol.")
					return err
				}
				return printNonWear(w, report)
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}

// removedProtocol is what 'pat protocol remove' did.
type removedProtocol struct {
	Removed string `json:"removed"`
	SHA256  string `json:"sha256"`
}

func (c *cli) protocolRemoveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove", Short: "Take the protocol off the library: measures are by the defaults again; valid day and masks stay", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			f, applied, err := wb.Protocol(cmd.Context())
			if !applied {
				return cmp.Or(err, errNoProtocol)
			}
			if err := wb.RemoveProtocol(cmd.Context()); err != nil { // also one that this program does not take
				return err
			}
			return c.show(removedProtocol{f.Name, f.SHA256}, func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "The protocol %s was removed; the rule of the valid day and the masks stay as they are.\n", printable(f.Words()))
				return err
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}
