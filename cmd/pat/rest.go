package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
	"circascope/app"
)

func (c *cli) restCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rest",
		Short: "Rest periods changed by hand: list, set, remove, restore, take changes off",
		Long: `Rest periods changed by hand. What is changed lies as a layer beside the diary or the
algorithm that it was made from; measures of nights then take the layer, and say so.
Without changes each measure looks for rest as its definition says.`,
		Args: noSuchCommand,
		RunE: wantsCommand("name a command"),
	}
	cmd.AddCommand(c.restListCommand(), c.restSetCommand(), c.restRemoveCommand(), c.restRestoreCommand(), c.restResetCommand())
	return cmd
}

// listedRest is the rest periods of one recording as 'pat rest list' tells them.
type listedRest struct {
	Recording string         `json:"recording"`
	Subject   string         `json:"subject"`
	Manual    bool           `json:"manual"` // changed by hand, and so what measures take
	Source    app.RestSource `json:"source"` // where they are from, or were before the changes
	Author    string         `json:"author,omitempty"`
	At        string         `json:"at,omitempty"`
	Reason    string         `json:"reason,omitempty"`
	Periods   []listedPeriod `json:"periods"`
	LeftOut   []string       `json:"left_out,omitempty"`
	History   []rest.Layer   `json:"history,omitempty"` // every revision, in epochs of the file, where asked for
}

// listedPeriod is one rest period.
type listedPeriod struct {
	Number int        `json:"number"` // from 1 on, for 'pat rest set'
	Kind   diary.Kind `json:"kind"`
	From   string     `json:"from"`
	To     string     `json:"to"`
	Edited bool       `json:"edited"`
	By     string     `json:"by"` // what gave it, before it was changed; "" where it was added
}

func (c *cli) restListCommand() *cobra.Command {
	var source string
	var history bool
	cmd := &cobra.Command{
		Use: "list [PARTICIPANT... | RECORDING...]", Short: "Show rest periods: those changed by hand, else those of a source",
		RunE: func(cmd *cobra.Command, names []string) error {
			from, err := app.ParseRestSource(source)
			if err != nil {
				return usageError{err}
			}
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			infos, err := recordingsNamed(cmd.Context(), wb, names)
			if err != nil {
				return err
			}
			list := []listedRest{}
			for _, info := range infos {
				now, err := wb.Rest(cmd.Context(), info.ID, from)
				if err != nil {
					return fmt.Errorf("%s: %w", info.Subject, err)
				}
				one := restListing(now, info.Subject)
				if history {
					if one.History, err = wb.RestHistory(cmd.Context(), info.ID); err != nil {
						return err
					}
				}
				list = append(list, one)
			}
			return c.show(list, func(w io.Writer) error { return printRest(w, list) })
		},
	}
	c.dbFlag(cmd)
	restSourceFlag(cmd, &source)
	cmd.Flags().BoolVar(&history, "history", false, "every change, with who, when and why, numbered for 'pat rest restore'")
	return cmd
}

func restSourceFlag(cmd *cobra.Command, source *string) {
	cmd.Flags().StringVar(source, "rest", "", "where rest periods are from that nobody changed yet: diary, crespo, tudor-locke, roenneberg or hdcza (default: the diary if one tells of the person, else crespo)")
}

func restListing(now app.Rest, subject string) listedRest {
	out := listedRest{Recording: now.Recording.ID, Subject: subject, Manual: now.Manual(), Source: now.Source, Periods: []listedPeriod{}, LeftOut: now.LeftOut}
	if l := now.Layer; l != nil {
		out.Author, out.At, out.Reason = l.Author, l.At, l.Reason
	}
	at := func(epoch int) string {
		return now.Recording.Start.Add(time.Duration(epoch) * now.Recording.Epoch).String()
	}
	for i, p := range now.Periods {
		out.Periods = append(out.Periods, listedPeriod{i + 1, p.Kind, at(p.From), at(p.To), p.Edited(), p.Was.By})
	}
	return out
}

func printRest(w io.Writer, list []listedRest) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PARTICIPANT\tPERIOD\tKIND\tFROM\tTO\tBY\tCHANGED BY\tREASON")
	for _, l := range list {
		for _, p := range l.Periods {
			by, who, why := p.By, "-", ""
			if p.Edited {
				who, why = l.Author, l.Reason
			}
			if by == "" {
				by = "added"
			}
			fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n", printable(l.Subject), p.Number, p.Kind, p.From, p.To, printable(by), printable(who), printable(why))
		}
		if len(l.Periods) == 0 {
			fmt.Fprintf(t, "%s\t-\tno rest periods\t\t\t\t\t\n", printable(l.Subject))
		}
		for _, why := range l.LeftOut {
			fmt.Fprintf(t, "%s\t-\tleft out: %s\t\t\t\t\t\n", printable(l.Subject), printable(why))
		}
		for i, h := range l.History {
			fmt.Fprintf(t, "%s\tstate %d\t%s\t%s\t%d periods\tfrom %s\t%s\t%s\n", printable(l.Subject), i+1, h.Act, h.At, len(h.Periods), h.Source, printable(h.Author), printable(h.Reason))
		}
	}
	return t.Flush()
}

func (c *cli) restSetCommand() *cobra.Command {
	var from, to, kind, source string
	var by app.By
	cmd := &cobra.Command{
		Use:   "set RECORDING PERIOD|new [--from TIME] [--to TIME] [--kind night|nap]",
		Short: "Change a rest period by its number in 'pat rest list', or add one",
		Long: `Change a rest period by its number in 'pat rest list', or add one as "new". Times are as
in 23:15, the one nearest to what it was, or "2024-03-04 23:15".`,
		Args: words("a recording, and a period's number or new", 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if from == "" && to == "" && kind == "" {
				return usageError{errors.New("say what to change with --from, --to or --kind")}
			}
			return c.changeRest(cmd, args[0], source, by, func(now app.Rest, edits *rest.Edits) error {
				if args[1] == "new" {
					return addRest(now, edits, from, to, kind)
				}
				i, err := periodNumber(args[1], now)
				if err != nil {
					return err
				}
				return setRest(now, edits, i, from, to, kind)
			})
		},
	}
	c.dbFlag(cmd)
	cmd.Flags().StringVar(&from, "from", "", "when it begins: to bed")
	cmd.Flags().StringVar(&to, "to", "", "when it ends: up")
	cmd.Flags().StringVar(&kind, "kind", "", "night or nap")
	restSourceFlag(cmd, &source)
	byFlags(cmd, &by, "")
	return cmd
}

func addRest(now app.Rest, edits *rest.Edits, from, to, kind string) error {
	if from == "" || to == "" {
		return usageError{errors.New("a new rest period needs --from with its date, and --to")}
	}
	p := rest.Period{Kind: diary.Night}
	if kind != "" {
		p.Kind = diary.Kind(kind)
	}
	var err error
	if p.From, err = app.RestEpoch(now.Recording, from, 0); err == nil {
		p.To, err = app.RestEpoch(now.Recording, to, p.From+int(8*time.Hour/now.Recording.Epoch))
	}
	if err != nil {
		return usageError{err}
	}
	_, err = edits.Add(p)
	return err
}

func setRest(now app.Rest, edits *rest.Edits, i int, from, to, kind string) error {
	next := edits.Now()[i]
	for _, edge := range []struct {
		text string
		edge rest.Edge
	}{{from, rest.Begin}, {to, rest.End}} {
		if edge.text == "" {
			continue
		}
		at, err := app.RestEpoch(now.Recording, edge.text, next.At(edge.edge))
		if err != nil {
			return usageError{err}
		}
		next = next.Moved(edge.edge, at)
	}
	if kind != "" {
		next.Kind = diary.Kind(kind)
	}
	return edits.Set(i, next)
}

func periodNumber(text string, now app.Rest) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > len(now.Periods) {
		return 0, usageError{fmt.Errorf("%q is no rest period's number, from 1 to %d; 'pat rest list' shows them", text, len(now.Periods))}
	}
	return n - 1, nil
}

// changeRest changes the rest periods of one recording and shows them then.
func (c *cli) changeRest(cmd *cobra.Command, name, source string, by app.By, change func(app.Rest, *rest.Edits) error) error {
	from, err := app.ParseRestSource(source)
	if err != nil {
		return usageError{err}
	}
	return c.withRest(cmd, name, from, func(ctx context.Context, wb *app.Workbench, now app.Rest) error {
		edits := rest.NewEdits(now.Periods, now.Recording.Epochs)
		if err := change(now, edits); err != nil {
			return err
		}
		return wb.ChangeRest(ctx, now, edits.Now(), by)
	})
}

func (c *cli) withRest(cmd *cobra.Command, name string, from app.RestSource, change func(context.Context, *app.Workbench, app.Rest) error) error {
	wb, err := c.openLibrary(cmd, false)
	if err != nil {
		return err
	}
	defer wb.Close()
	info, err := recordingNamed(cmd.Context(), wb, name)
	if err != nil {
		return err
	}
	now, err := wb.Rest(cmd.Context(), info.ID, from)
	if err != nil {
		return err
	}
	if err := change(cmd.Context(), wb, now); err != nil {
		return err
	}
	if now, err = wb.Rest(cmd.Context(), info.ID, from); err != nil {
		return err
	}
	list := []listedRest{restListing(now, info.Subject)}
	return c.show(list, func(w io.Writer) error { return printRest(w, list) })
}

func (c *cli) restRemoveCommand() *cobra.Command {
	var source string
	var by app.By
	cmd := &cobra.Command{
		Use: "remove RECORDING PERIOD", Short: "Take a rest period away, by its number in 'pat rest list'", Args: words("a recording and a period's number", 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.changeRest(cmd, args[0], source, by, func(now app.Rest, edits *rest.Edits) error {
				i, err := periodNumber(args[1], now)
				if err != nil {
					return err
				}
				return edits.Remove(i)
			})
		},
	}
	c.dbFlag(cmd)
	restSourceFlag(cmd, &source)
	byFlags(cmd, &by, "")
	return cmd
}

func (c *cli) restRestoreCommand() *cobra.Command {
	var by app.By
	cmd := &cobra.Command{
		Use: "restore RECORDING STATE", Short: "Bring an earlier state back as a new change, by its number in 'pat rest list --history'", Args: words("a recording and a state's number", 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withRest(cmd, args[0], "", func(ctx context.Context, wb *app.Workbench, now app.Rest) error {
				states, err := wb.RestStates(ctx, now.Recording.ID)
				if err != nil {
					return err
				}
				n, err := strconv.Atoi(args[1])
				if err != nil || n < 1 || n > len(states) {
					return usageError{fmt.Errorf("%q is no state's number: there are %d; 'pat rest list --history' shows them", args[1], len(states))}
				}
				return wb.RestoreRest(ctx, now, states[n-1], by)
			})
		},
	}
	c.dbFlag(cmd)
	byFlags(cmd, &by, "")
	return cmd
}

func (c *cli) restResetCommand() *cobra.Command {
	var by app.By
	cmd := &cobra.Command{
		Use: "reset RECORDING", Short: "Take all changes by hand off: the diary or the algorithm counts again; the history stays", Args: one("recording"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withRest(cmd, args[0], "", func(ctx context.Context, wb *app.Workbench, now app.Rest) error {
				return wb.RemoveRest(ctx, now.Recording.ID, by)
			})
		},
	}
	c.dbFlag(cmd)
	byFlags(cmd, &by, "")
	return cmd
}
