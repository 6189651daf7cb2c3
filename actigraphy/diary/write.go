package diary

import (
	"encoding/csv"
	"io"
)

// WriteCSV writes entries as the table of our own that Read takes: participant, kind,
// night (the evening's date, which Read passes over), bed, rise, lights off, wake,
// note.
func WriteCSV(w io.Writer, list []Entry) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write([]string{"participant", "kind", "evening", "start", "end", "lights off", "wake", "note"}); err != nil {
		return err
	}
	for _, e := range list {
		row := []string{e.Subject, string(e.Kind), "", e.From.String(), e.To.String(), e.Asleep.String(), e.Awake.String(), e.Note}
		if e.Kind == Night {
			row[2] = e.Evening()
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
