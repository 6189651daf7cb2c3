package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"circascope/actigraphy/format"
	"circascope/actigraphy/people"
	"circascope/app"
)

func (c *cli) peopleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "people",
		Short: "Tables of participants: age, sex, group and whatever else one tells",
		Long: `Tables of participants, out of CSV, ODS, XLSX or a SAS transport file (XPT). Rows are
joined to the library's participants by name, without regard to case: by the name in
the library, else by the name in the file of a recording. The variables are columns of
'pat export participants' and 'embeddings', and colours of 'pat export projection'.`,
		Args: noSuchCommand,
		RunE: wantsCommand("name what to do: import, list or remove"),
	}
	cmd.AddCommand(c.peopleImportCommand(), c.peopleListCommand(), c.peopleRemoveCommand())
	return cmd
}

// peopleFlags are how a table is read.
type peopleFlags struct {
	id, visit, visits, order string
	missing, types           []string
	replace, look            bool
}

func (f *peopleFlags) options() (app.PeopleOptions, error) {
	o := app.PeopleOptions{Visits: people.Visits(f.visits), Replace: f.replace}
	o.ID, o.Visit, o.Missing, o.DateOrder = f.id, f.visit, f.missing, format.DateOrder(f.order)
	switch o.Visits {
	case "", people.First, people.Last, people.Each:
	default:
		return o, usageError{fmt.Errorf("--visits %s: want first, last or each", f.visits)}
	}
	if !o.DateOrder.Valid() {
		return o, usageError{fmt.Errorf("--date-order %s: want ymd, dmy or mdy", f.order)}
	}
	for _, t := range f.types {
		i := strings.LastIndexByte(t, '=')
		if i < 1 {
			return o, usageError{fmt.Errorf("--type %s: want COLUMN=number, category, date or text", t)}
		}
		if o.Types == nil {
			o.Types = map[string]people.Type{}
		}
		o.Types[t[:i]] = people.Type(t[i+1:])
	}
	return o, nil
}

// importedPeople is what became of a table, as JSON.
type importedPeople struct {
	app.PeoplePreview
	Stored    bool              `json:"stored"`
	ID        string            `json:"id_column"`
	Visit     string            `json:"visit_column"`
	People    int               `json:"people"`
	Variables []people.Variable `json:"variables"`
	Notes     []string          `json:"notes"`
}

func (c *cli) peopleImportCommand() *cobra.Command {
	f := peopleFlags{}
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Keep a table of participants in the library", Args: one("table"),
		Long: `Keep a table of participants in the library: one row a person, or several where
--visits says what becomes of them:
  first, last  the row of that visit, whole
  each         variables of their own for every visit, such as score.1 and score.2

The column of participants is found by its name and by whose names the library knows.
What the columns hold is recognised over all rows: numbers, categories (words, or few
whole numbers that stand for them), dates, text. An empty cell, NA, N/A, NaN and a
point are no value; -9 and the like are only where --missing says so.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := f.options()
			if err != nil {
				return err
			}
			wb, err := c.openLibrary(cmd, f.look)
			if err != nil {
				return err
			}
			defer wb.Close()
			read := wb.ImportPeople
			if f.look {
				read = wb.PreviewPeople
			}
			p, err := read(cmd.Context(), args[0], o)
			if err != nil {
				return err
			}
			out := importedPeople{p, !f.look, p.Table.ID, p.Table.Visit, people.Count(p.Table.People), p.Table.Variables, append([]string{}, p.Table.Notes...)}
			return c.show(out, func(w io.Writer) error { return printImportedPeople(w, out) })
		},
	}
	c.dbFlag(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.id, "id", "", "the column of participants (default: found)")
	flags.StringVar(&f.visit, "visit", "", "the column of visits (default: found by its name)")
	flags.StringVar(&f.visits, "visits", "", "where people have several rows: first, last or each")
	flags.StringSliceVar(&f.missing, "missing", nil, "what else stands for no value, such as -9,999")
	flags.StringArrayVar(&f.types, "type", nil, "COLUMN=number, category, date or text, in place of what is recognised; may be given several times")
	flags.StringVar(&f.order, "date-order", "", "ymd, dmy or mdy, where the dates can be read two ways")
	flags.BoolVar(&f.replace, "replace", false, "take the place of a table of the same name or content")
	flags.BoolVar(&f.look, "preview", false, "show what it would become, and store nothing")
	return cmd
}

func printImportedPeople(w io.Writer, p importedPeople) error {
	state := "Kept"
	if !p.Stored {
		state = "Not stored"
	}
	fmt.Fprintf(w, "%s: %s of %d variables, participants by the column %s\n", state, persons(p.People), len(p.Variables), printable(strconv.Quote(p.ID)))
	if p.Repeated > 0 {
		fmt.Fprintf(w, "%s with several rows\n", persons(p.Repeated))
	}
	for _, n := range p.Notes {
		fmt.Fprintln(w, printable("  "+n))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "VARIABLE\tTYPE\tMISSING\tLEVELS")
	for _, v := range p.Variables {
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\n", printable(v.Name), v.Type, v.Missing, printable(shortList(v.Levels)))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return printPeopleReport(w, p.Report)
}

func printPeopleReport(w io.Writer, r people.Report) error {
	fmt.Fprintf(w, "In the library and the table: %s\n", persons(len(r.Both)))
	for _, l := range []struct {
		words string
		names []string
	}{{"Only in the table", r.OnlyTable}, {"Only in the library", r.OnlyLibrary}} {
		if len(l.names) > 0 {
			fmt.Fprintf(w, "%s: %s: %s\n", l.words, persons(len(l.names)), printable(shortList(l.names)))
		}
	}
	for _, a := range r.Alike[:min(len(r.Alike), 10)] {
		fmt.Fprintf(w, "Not joined, and perhaps one person: %s in the table, %s in the library\n", printable(a.Table), printable(a.Library))
	}
	return nil
}

func persons(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// shortList writes the first names of a list.
func shortList(names []string) string {
	const most = 8
	text := strings.Join(names[:min(len(names), most)], ", ")
	if len(names) > most {
		text += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return text
}

func (c *cli) peopleListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "Show the tables of participants, and who is in one and not in the library", Args: nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			wb, err := c.openLibrary(cmd, true)
			if err != nil {
				return err
			}
			defer wb.Close()
			tables, err := wb.PeopleTables(cmd.Context())
			if err != nil {
				return err
			}
			if tables == nil {
				tables = []app.PeopleTable{}
			}
			return c.show(tables, func(w io.Writer) error { return printPeopleTables(w, tables) })
		},
	}
	c.dbFlag(cmd)
	return cmd
}

func printPeopleTables(w io.Writer, tables []app.PeopleTable) error {
	if len(tables) == 0 {
		_, err := fmt.Fprintln(w, "The library holds no table of participants; 'pat people import FILE' adds one.")
		return err
	}
	for _, t := range tables {
		names := make([]string, len(t.Variables))
		for i, v := range t.Variables {
			names[i] = v.Name
		}
		fmt.Fprintf(w, "%d  %s of %s, SHA-256 %s\n%s, %d variables: %s\n", t.ID, printable(t.Name), t.ImportedAt, t.SHA256, persons(t.People), len(names), printable(shortList(names)))
		if err := printPeopleReport(w, t.Report); err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) peopleRemoveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove TABLE", Short: "Remove a table of participants, by its name or number", Args: one("table"),
		RunE: func(cmd *cobra.Command, args []string) error {
			wb, err := c.openLibrary(cmd, false)
			if err != nil {
				return err
			}
			defer wb.Close()
			tables, err := wb.PeopleTables(cmd.Context())
			if err != nil {
				return err
			}
			for _, t := range tables {
				if t.Name != args[0] && strconv.FormatInt(t.ID, 10) != args[0] {
					continue
				}
				if err := wb.RemovePeople(cmd.Context(), t.ID); err != nil {
					return err
				}
				return c.show(t.File, func(w io.Writer) error {
					_, err := fmt.Fprintf(w, "Removed %s with what it told of %s.\n", printable(t.Name), persons(t.People))
					return err
				})
			}
			return fmt.Errorf("the library holds no table of participants %s; 'pat people list' shows them", args[0])
		},
	}
	c.dbFlag(cmd)
	return cmd
}
