// Command pat is the workbench without a screen: one command a use case.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // something was refused or failed; the rest was done
	exitUsage  = 2
)

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	screen := newConsole(os.Stderr)
	root := newRoot(os.Stdout, screen)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartly):
		return exitFailed // already told
	case errors.As(err, &usage):
		fmt.Fprintf(screen, "pat: %s\nSee '%s --help'.\n", message(err), cmd.CommandPath())
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(screen, "pat: cancelled; what was whole by then is kept")
		return exitFailed
	default:
		fmt.Fprintf(screen, "pat: %s\n", message(err))
		return exitFailed
	}
}

// message returns an error for a terminal. Joined errors stay one a line.
func message(err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return strings.Join(lines, "\n")
}
