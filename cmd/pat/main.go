// Command pat is the workbench without a screen: one command a use case.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
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
	root := newRoot(os.Stdout, os.Stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartly):
		return exitFailed // already told
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "pat: %v\nSee 'pat --help'.\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "pat: cancelled; what was whole by then is kept")
		return exitFailed
	default:
		fmt.Fprintf(os.Stderr, "pat: %v\n", err)
		return exitFailed
	}
}
