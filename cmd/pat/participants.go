package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"circascope/app"
)

func (c *cli) participantsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "participants",
		Short: "Whose recordings are whose: rename, merge, keep visits apart",
		Args:  noSuchCommand,
		RunE:  wantsCommand("name what to do: rename, merge or split"),
	}
	cmd.AddCommand(
		c.participantsSub("rename FROM TO", "Give a participant another name, which must be free", "two names", func(ctx context.Context, wb *app.Workbench, a, b string) (string, error) {
			return fmt.Sprintf("%s is now called %s.", a, b), wb.RenameSubject(ctx, a, b)
		}),
		c.participantsSub("merge FROM INTO", "Give the recordings of one participant to another; the first is gone then", "two participants", func(ctx context.Context, wb *app.Workbench, a, b string) (string, error) {
			n, err := wb.MergeSubjects(ctx, a, b)
			return fmt.Sprintf("%s has %d more recordings; %s is no participant any more.", b, n, a), err
		}),
		c.participantsSub("split RECORDING NAME", "Give a recording to a participant of a new name, to keep visits apart", "a recording and a name", func(ctx context.Context, wb *app.Workbench, a, b string) (string, error) {
			return fmt.Sprintf("Recording %s is now of %s.", a, b), wb.MoveRecording(ctx, a, b)
		}),
	)
	return cmd
}

// participantsSub is a command of two names. do returns what it did.
func (c *cli) participantsSub(use, short, args string, do func(ctx context.Context, wb *app.Workbench, a, b string) (string, error)) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Args: words(args, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			done, err := do(cmd.Context(), wb, args[0], args[1])
			if err != nil {
				return err
			}
			return c.show(map[string]string{"done": done}, func(w io.Writer) error {
				_, err := fmt.Fprintln(w, printable(done))
				return err
			})
		},
	}
	c.dbFlag(cmd)
	return cmd
}
