package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"circascope/app"
	"circascope/internal/wiring"
)

// errPartly ends a command whose failures stand in its output already.
var errPartly = errors.New("something was refused or failed")

// usageError is a wrong way to call a command.
type usageError struct{ error }

// cli is what every command shares.
type cli struct {
	out       io.Writer
	*console  // standard error
	json      bool
	db        string
	modelsDir string
}

func newRoot(out io.Writer, screen *console) *cobra.Command {
	c := &cli{out: out, console: screen}
	root := &cobra.Command{
		Use:           "pat",
		Short:         "Actigraphy workbench: import recordings, run PAT on this machine, export",
		Version:       wiring.Version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE:          wantsCommand("name a command"),
	}
	root.PersistentPreRun = func(cmd *cobra.Command, args []string) { c.remember(cmd, args, "") }
	root.SetOut(out)
	root.SetErr(screen)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.BoolVar(&c.json, "json", false, "write one JSON document to standard output and nothing else")
	flags.StringVar(&c.modelsDir, "models-dir", "", "folder of the weights files (default: "+wiring.ModelsDir()+")")
	root.AddCommand(
		c.inspectCommand(), c.importCommand(), c.mappingsCommand(), c.listCommand(), c.peopleCommand(), c.participantsCommand(), c.zoneCommand(), c.embedCommand(), c.runCommand(),
		c.modelsCommand(), c.healthCommand(), c.benchCommand(), c.latencyCommand(), c.metricsCommand(), c.protocolCommand(), c.compareCommand(), c.wearCommand(), c.diaryCommand(), c.restCommand(), c.exportCommand(), c.explainCommand(), c.demoCommand(), c.upgradeCommand(),
	)
	wrapArgs(root)
	letNamesSpeak(root)
	return root
}

// wantsCommand is for a command that only groups others: it shows them, and says what
// is missing.
func wantsCommand(missing string) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		_ = cmd.Help()
		return usageError{errors.New(missing)}
	}
}

// noSuchCommand refuses words that are no command and names those that look like
// them.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	cmd.SuggestionsMinimumDistance = 2 // letters that may differ
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("%w; did you mean %s?", err, strings.Join(near, " or "))
	}
	return err
}

// nothing, oneOrMore and one say how many names a command takes, in words.
func nothing(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%q is too much: '%s' takes flags only", args[0], cmd.CommandPath())
	}
	return nil
}

func oneOrMore(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("name at least one %s", what)
		}
		return nil
	}
}

func one(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("name one %s, not %d", what, len(args))
		}
		return nil
	}
}

// words wants a number of arguments, named in words.
func words(what string, n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("name %s: %d words, not %d", what, n, len(args))
		}
		return nil
	}
}

// letNamesSpeak lets commands that only group others pass over flags that they lack where a
// name follows that is no command: that name is what is wrong, and the flags are those of
// the command that was meant.
func letNamesSpeak(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		sub.FParseErrWhitelist.UnknownFlags = sub.HasSubCommands() && !sub.HasLocalFlags()
		letNamesSpeak(sub)
	}
}

// wrapArgs makes wrong numbers of arguments usage errors.
func wrapArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{err}
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgs(sub)
	}
}

// workbench returns one without a library.
func (c *cli) workbench() (*app.Workbench, error) {
	return wiring.New(wiring.Options{ModelsDir: c.modelsDir})
}

func (c *cli) dbFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.db, "db", "", "library file (default: "+wiring.DefaultLibrary()+")")
}

func (c *cli) libraryPath() string {
	if c.db != "" {
		return c.db
	}
	return wiring.DefaultLibrary()
}

// openLibrary returns a workbench with the library open.
func (c *cli) openLibrary(cmd *cobra.Command, readOnly bool) (*app.Workbench, error) {
	wb, err := c.workbench()
	if err != nil {
		return nil, err
	}
	path := c.libraryPath()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no library %s; 'pat import FILE...' makes it, or name another with --db", path)
	}
	if err := wb.OpenLibrary(cmd.Context(), path, readOnly); err != nil {
		return nil, err
	}
	c.remember(cmd, cmd.Flags().Args(), path)
	if lib, err := wb.Library(); err == nil && lib.AsItWas() != "" {
		c.note("%s was made by an older program and was brought up to date; as it was, it is kept in %s", path, lib.AsItWas())
	}
	return wb, nil
}

// openToKeep returns a workbench with the library open for what is computed to be kept in
// it. Where it can't be written, it is open for reading, and a line on standard error says
// that nothing is kept, and why.
func (c *cli) openToKeep(cmd *cobra.Command) (*app.Workbench, error) {
	wb, err := c.openLibrary(cmd, false)
	if err == nil {
		return wb, nil
	}
	wb, errRead := c.openLibrary(cmd, true)
	if errRead != nil {
		return nil, err
	}
	c.note("what is computed is not kept: %v", err)
	return wb, nil
}

// openOrCreateLibrary returns a workbench with the library open; a new file is
// made where there is none.
func (c *cli) openOrCreateLibrary(cmd *cobra.Command) (*app.Workbench, error) {
	path := c.libraryPath()
	if _, err := os.Stat(path); err == nil {
		return c.openLibrary(cmd, false)
	}
	wb, err := c.workbench()
	if err != nil {
		return nil, err
	}
	if c.db == "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, app.WriteProblem(path, err)
		}
	}
	if err := wb.CreateLibrary(cmd.Context(), path); err != nil {
		return nil, err
	}
	c.note("made the library %s", path)
	return wb, nil
}

// note writes a line for people to standard error.
func (c *cli) note(format string, args ...any) {
	fmt.Fprintln(c.console, printable(fmt.Sprintf(format, args...)))
}

// show writes v as JSON where asked for, else what text writes.
func (c *cli) show(v any, text func(io.Writer) error) error {
	c.clear()
	if !c.json {
		return text(c.out)
	}
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
