package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"circascope/app"
)

// remember keeps the line of a command for the side files of what it writes. The line is
// to be run in the folder of the library; db is its file, or nothing without one.
func (c *cli) remember(cmd *cobra.Command, args []string, db string) {
	cmd.SetContext(app.WithCommand(cmd.Context(), line(cmd, args, db)))
}

// line writes a command as it was called, each flag by its full name. Of the library and of
// the file to write only the names stay, as the side file has them elsewhere: folders are of
// one machine, and may tell a person's name.
func line(cmd *cobra.Command, args []string, db string) string {
	words := strings.Fields(cmd.CommandPath())
	for _, arg := range args {
		words = append(words, app.ShellWord(arg))
	}
	cmd.Flags().Visit(func(f *pflag.Flag) { words = append(words, flagWords(f)...) })
	if db != "" {
		words = append(words, "--db", app.ShellWord(filepath.Base(db)))
	}
	return strings.Join(words, " ")
}

// flagWords returns a flag that was given as it is given again.
func flagWords(f *pflag.Flag) []string {
	name, value := "--"+f.Name, f.Value.String()
	switch {
	case f.Name == "db" || f.Name == "json":
		return nil
	case f.Name == "out":
		value = filepath.Base(value)
	case f.Value.Type() == "bool":
		if on, _ := strconv.ParseBool(value); on {
			return []string{name}
		}
		return []string{name + "=" + value}
	case f.Value.Type() == "stringSlice": // [a,b]: comma-separated within
		value = strings.TrimSuffix(strings.TrimPrefix(value, "["), "]")
	}
	if list, ok := f.Value.(pflag.SliceValue); ok && f.Value.Type() == "stringArray" {
		var words []string
		for _, v := range list.GetSlice() {
			words = append(words, name, app.ShellWord(v))
		}
		return words
	}
	return []string{name, app.ShellWord(value)}
}
