package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/actigraphy/zone"
	"circascope/app"
)

func (c *cli) zoneCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "zone",
		Short: "Name the time zone of recordings, and what the device's clock did",
		Long: `Name the time zone of recordings whose files do not, and what the device's
clock did when the wall clock changed. Zones are named for the whole study, for a
device or for a recording; the most specific one holds. The samples are never
rewritten: a zone can be changed or cleared at any time.

What a device's clock did is yours to say:
  kept      it ran on as it was set at the start, whatever the wall clock did.
            Usual for research devices that a computer sets up.
  followed  it changed with the wall clock, so the times in the file jump: an
            hour is absent in spring and comes twice in autumn. Usual for phones,
            and the watches that follow them.`,
		Args: noSuchCommand,
		RunE: wantsCommand("name what to do: list, set, clear or names"),
	}
	cmd.AddCommand(c.zoneListCommand(), c.zoneSetCommand(), c.zoneClearCommand(), c.zoneNamesCommand())
	return cmd
}

// listedZone is an assignment as 'pat zone list' tells it.
type listedZone struct {
	zone.Assignment
	Subject string `json:"subject,omitempty"` // of a recording
}

func (c *cli) zoneListCommand() *cobra.Command {
	history := false
	cmd := &cobra.Command{
		Use: "list", Short: "Show the zones that were named", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			zones, err := wb.Zones(cmd.Context(), history)
			if err != nil {
				return err
			}
			rows, err := wb.Rows(cmd.Context())
			if err != nil {
				return err
			}
			subjects := map[string]string{}
			for _, r := range rows {
				subjects[r.ID] = r.Subject
			}
			list := make([]listedZone, len(zones))
			for i, a := range zones {
				list[i] = listedZone{a, subjects[a.Target]}
			}
			return c.show(list, func(w io.Writer) error { return printZones(w, list) })
		},
	}
	cmd.Flags().BoolVar(&history, "history", false, "also those that were replaced or cleared, oldest first")
	c.dbFlag(cmd)
	return cmd
}

func printZones(w io.Writer, list []listedZone) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(w, "No zone was named: local times are as the files have them.")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FOR\tZONE\tDEVICE'S CLOCK\tTRAVEL\tBY\tAT\tREASON")
	for _, a := range list {
		name := a.Zone
		if a.Cleared() {
			name = "cleared"
		}
		travel := make([]string, len(a.Moves))
		for i, m := range a.Moves {
			travel[i] = m.Zone + " from " + m.From
		}
		fmt.Fprintln(t, strings.Join([]string{
			printable(strings.TrimSpace(strings.Join([]string{string(a.Scope), a.Subject, a.Target}, " "))), name, string(a.Clock),
			strings.Join(travel, ", "), printable(a.By), a.At, printable(a.Reason),
		}, "\t"))
	}
	return t.Flush()
}

// zoneTarget says what a zone is for.
type zoneTarget struct {
	study      bool
	device     string
	recordings []string
	by, reason string
}

func (t *zoneTarget) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&t.study, "study", false, "for the whole study")
	flags.StringVar(&t.device, "device", "", "for every recording of a device, by its name in 'pat list --json'")
	flags.StringArrayVar(&t.recordings, "recording", nil, "for a recording, or a participant with all recordings; may be given several times")
	flags.StringVar(&t.by, "by", "", "who says so (default: the name of the account)")
	flags.StringVar(&t.reason, "reason", "", "why, for those who read it later")
}

// check wants one target.
func (t *zoneTarget) check() error {
	named := 0
	for _, is := range []bool{t.study, t.device != "", len(t.recordings) > 0} {
		if is {
			named++
		}
	}
	if named != 1 {
		return usageError{errors.New("say what the zone is for: one of --study, --device and --recording")}
	}
	return nil
}

// assignments returns one assignment of a place for each target.
func (t *zoneTarget) assignments(cmd *cobra.Command, wb *app.Workbench, p zone.Place) ([]zone.Assignment, error) {
	a := zone.Assignment{Scope: zone.Study, Place: p, By: t.by, Reason: t.reason}
	if t.device != "" {
		a.Scope, a.Target = zone.Device, t.device
	}
	if len(t.recordings) == 0 {
		return []zone.Assignment{a}, nil
	}
	infos, err := wb.Chosen(cmd.Context(), app.Only(t.recordings...))
	if err != nil {
		return nil, err
	}
	var list []zone.Assignment
	for _, info := range infos {
		a.Scope, a.Target = zone.Recording, info.ID
		list = append(list, a)
	}
	return list, nil
}

func (c *cli) zoneSetCommand() *cobra.Command {
	var t zoneTarget
	var clock, travel string
	cmd := &cobra.Command{
		Use:   "set ZONE --clock kept|followed (--study | --device NAME | --recording ID)",
		Short: "Name a zone, for example Europe/Berlin",
		Long: `Name a zone as the IANA database does, for example Europe/Berlin; 'pat zone
names' finds it. With --travel a table of arrivals changes the wall clock of a
recording: a CSV with the columns from and zone, such as

  from,zone
  2024-03-10 14:00,Asia/Kolkata
  2024-03-24 08:30,Europe/Berlin

where from is the time of arrival on the clock there.`,
		Args: one("time zone"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := zone.Place{Zone: args[0], Clock: zone.Clock(clock)}
			if err := p.Clock.Validate(); err != nil {
				return usageError{fmt.Errorf("--clock: %w", err)}
			}
			if travel != "" {
				var err error
				if p, err = travelled(p, travel); err != nil {
					return err
				}
			}
			return c.setZones(cmd, t, p)
		},
	}
	cmd.Flags().StringVar(&clock, "clock", "", "what the device's clock did when the wall clock changed: kept or followed")
	cmd.Flags().StringVar(&travel, "travel", "", "a CSV of arrivals, for recordings of people who travelled")
	t.register(cmd)
	c.dbFlag(cmd)
	return cmd
}

// travelled returns the place with the moves in a file.
func travelled(p zone.Place, path string) (zone.Place, error) {
	file, err := os.Open(path)
	if err != nil {
		return p, app.ReadProblem(path, err)
	}
	defer file.Close()
	home, moves, err := zone.ReadTravel(path, file)
	if err != nil {
		return p, err
	}
	if loc, err := zone.Load(p.Zone); err == nil && home != "" && home != loc.String() {
		return p, fmt.Errorf("%s begins in %s, and the zone named is %s; name the same", path, home, p.Zone)
	}
	p.Moves = moves
	return p, nil
}

func (c *cli) zoneClearCommand() *cobra.Command {
	var t zoneTarget
	cmd := &cobra.Command{
		Use: "clear (--study | --device NAME | --recording ID)", Short: "Take a zone away; what stands in the files holds again", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.setZones(cmd, t, zone.Place{}) },
	}
	t.register(cmd)
	c.dbFlag(cmd)
	return cmd
}

func (c *cli) setZones(cmd *cobra.Command, t zoneTarget, p zone.Place) error {
	if err := t.check(); err != nil {
		return err
	}
	wb, err := c.openLibrary(cmd, false)
	if err != nil {
		return err
	}
	defer wb.Close()
	list, err := t.assignments(cmd, wb, p)
	if err != nil {
		return err
	}
	report, err := wb.SetZones(cmd.Context(), list, c.progress())
	if err != nil {
		return err
	}
	for _, s := range report.Signs {
		c.note("%s", s)
	}
	return c.show(report, func(w io.Writer) error {
		if p.Zone == "" {
			_, err := fmt.Fprintln(w, "cleared")
			return err
		}
		_, err := fmt.Fprintf(w, "holds for %d recordings; during %d of them the clock changes\n", report.Recordings, report.Changes)
		return err
	})
}

func (c *cli) zoneNamesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "names [WORD...]", Short: "Find the names of zones by city or country",
		RunE: func(_ *cobra.Command, args []string) error {
			found := zone.Search(strings.Join(args, " "))
			if len(found) == 0 {
				return fmt.Errorf("no zone has %q in its name or country; try the country, or the capital", strings.Join(args, " "))
			}
			names := make([]string, len(found))
			for i, n := range found {
				names[i] = n.Zone
			}
			return c.show(names, func(w io.Writer) error {
				t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, n := range found {
					fmt.Fprintf(t, "%s\t%s\n", n.Zone, n.Country)
				}
				return t.Flush()
			})
		},
	}
}
