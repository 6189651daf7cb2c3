package sheet

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"circascope/actigraphy/internal/zipfile"
)

const odsType = "application/vnd.oasis.opendocument.spreadsheet"

// isODS looks for the type of the document, which is the first member of the
// archive and not compressed (OpenDocument 1.3, part 2, 3.3).
func isODS(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) && bytes.Contains(head[:min(len(head), 512)], []byte(odsType))
}

const (
	maxContent = 256 << 20 // of content.xml, bytes
	maxMembers = 10_000    // of the archive: pictures and charts are members
)

// readODS reads the first sheet of an OpenDocument spreadsheet.
func readODS(ctx context.Context, r io.ReaderAt, size int64) (rows []Row, err error) {
	archive, err := zipfile.Open(r, size, maxMembers)
	if err != nil {
		return nil, err
	}
	content, err := archive.Open("content.xml")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	limited := &io.LimitedReader{R: content, N: maxContent}
	o := &odsReader{xml: xml.NewDecoder(limited)}
	if err := o.sheet(ctx); err != nil {
		if limited.N <= 0 {
			return nil, fmt.Errorf("content.xml expands to more than %d MiB", maxContent>>20)
		}
		return nil, err
	}
	return o.rows, nil
}

// odsReader is the state of reading content.xml. Names of elements stand without
// their namespace: those of tables and text differ.
type odsReader struct {
	xml   *xml.Decoder
	rows  []Row
	line  int
	cells int
}

// sheet reads up to the end of the first table.
func (o *odsReader) sheet(ctx context.Context) error {
	within := false
	for {
		token, err := o.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "table":
				within = true
			case within && t.Name.Local == "table-row":
				if err := errors.Join(ctx.Err(), o.row(t)); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if t.Name.Local == "table" {
				return nil
			}
		}
	}
}

func (o *odsReader) row(start xml.StartElement) error {
	repeated := repeats(start, "number-rows-repeated")
	row := Row{Line: o.line + 1}
	o.line += repeated
	for {
		token, err := o.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "table-cell" && t.Name.Local != "covered-table-cell" {
				if err := o.xml.Skip(); err != nil {
					return err
				}
				continue
			}
			if err := o.cell(t, &row); err != nil {
				return err
			}
		case xml.EndElement: // of the row
			return o.keep(row, repeated)
		}
	}
}

// keep adds a row as often as it is repeated; an empty one fills sheets to their
// last line and is not kept.
func (o *odsReader) keep(row Row, repeated int) error {
	if len(filled([]Row{row})) == 0 {
		return nil
	}
	if o.cells += repeated * len(row.Cells); repeated > maxRows || len(o.rows)+repeated > maxRows || o.cells > maxCells {
		return fmt.Errorf("more than %d rows or %d cells", maxRows, maxCells)
	}
	for i := range repeated {
		o.rows = append(o.rows, Row{row.Line + i, row.Cells})
	}
	return nil
}

// cell appends a cell as often as it is repeated; empty ones fill rows to their
// last column and are put in only before a cell with content.
func (o *odsReader) cell(start xml.StartElement, row *Row) error {
	text, err := o.text()
	if err != nil {
		return err
	}
	if v := valueOf(start); v != "" {
		text = v
	}
	n := repeats(start, "number-columns-repeated")
	if n > 1<<14 {
		return fmt.Errorf("line %d has a cell that is repeated %d times", row.Line, n)
	}
	for range n {
		row.Cells = append(row.Cells, text)
	}
	return nil
}

// text reads the text of a cell to its end; paragraphs are joined by spaces.
func (o *odsReader) text() (string, error) {
	var b strings.Builder
	for depth := 0; ; {
		token, err := o.xml.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "annotation" {
				if err := o.xml.Skip(); err != nil {
					return "", err
				}
				continue
			}
			if depth++; t.Name.Local == "p" && b.Len() > 0 {
				b.WriteByte(' ')
			}
		case xml.CharData:
			if depth > 0 && b.Len()+len(t) <= maxText {
				b.Write(t)
			}
		case xml.EndElement:
			if depth--; depth < 0 {
				return b.String(), nil
			}
		}
	}
}

func repeats(e xml.StartElement, name string) int {
	if n, err := strconv.Atoi(attribute(e, name)); err == nil && n > 0 {
		return n
	}
	return 1
}

// valueOf returns the value of a number or a date, which the text shows as the
// author's country writes it; "" for text.
func valueOf(e xml.StartElement) string {
	switch attribute(e, "value-type") {
	case "float", "percentage", "currency":
		return attribute(e, "value")
	case "date":
		return strings.Replace(attribute(e, "date-value"), "T", " ", 1)
	case "time": // PT22H30M00S
		return timeOfDay(attribute(e, "time-value"))
	default:
		return ""
	}
}

// timeOfDay writes a duration of XML Schema as a time of day, "" where it is none.
func timeOfDay(duration string) string {
	rest, ok := strings.CutPrefix(duration, "PT")
	h, rest, okH := strings.Cut(rest, "H")
	m, rest, okM := strings.Cut(rest, "M")
	s, _, okS := strings.Cut(strings.TrimSuffix(rest, "S"), ".")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	second, err3 := strconv.Atoi(s)
	if !ok || !okH || !okM || okS && s == "" || errors.Join(err1, err2, err3) != nil || hour > 23 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d:%02d", hour, minute, second)
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
