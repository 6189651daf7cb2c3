package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

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
	out, errOut io.Writer
	json        bool
	db          string
	modelsDir   string
}

func newRoot(out, errOut io.Writer) *cobra.Command {
	c := &cli{out: out, errOut: errOut}
	root := &cobra.Command{
		Use:           "pat",
		Short:         "Actigraphy workbench: import recordings, run PAT on this machine, export",
		Version:       wiring.Version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_ = cmd.Help()
			return usageError{errors.New("name a command")}
		},
	}
	root.SetOut(out)
	root.SetErr(errOut)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.BoolVar(&c.json, "json", false, "write one JSON document to standard output and nothing else")
	flags.StringVar(&c.modelsDir, "models-dir", "", "folder of the weights files (default: "+wiring.ModelsDir()+")")
	root.AddCommand(
		c.inspectCommand(), c.importCommand(), c.listCommand(), c.embedCommand(), c.runCommand(),
		c.modelsCommand(), c.healthCommand(), c.benchCommand(), c.metricsCommand(), c.exportCommand(), c.demoCommand(),
	)
	wrapArgs(root)
	return root
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
	if err := wb.OpenLibrary(cmd.Context(), c.libraryPath(), readOnly); err != nil {
		return nil, err
	}
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
			return nil, fmt.Errorf("making the folder of the default library: %w", err)
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
	fmt.Fprintf(c.errOut, format+"\n", args...)
}

// show writes v as JSON where asked for, else what text writes.
func (c *cli) show(v any, text func(io.Writer) error) error {
	if !c.json {
		return text(c.out)
	}
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
