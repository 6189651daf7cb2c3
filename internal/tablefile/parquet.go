package tablefile

import (
	"fmt"
	"io"

	pq "github.com/parquet-go/parquet-go"

	"circascope/app"
)

// rowGroup is how many rows a group of a Parquet file has: those that are kept in memory
// until the group is written.
const rowGroup = 1 << 16

// Parquet begins a table as Parquet, compressed with Snappy. Texts are never null,
// values of the other types are where their cell is empty.
func Parquet(out io.Writer, head app.Table) (app.RowWriter, error) {
	columns := newColumns(head)
	if len(columns.Group) != len(head.Header) {
		return nil, fmt.Errorf("%s has two columns of one name, which Parquet cannot hold; write .csv or .xlsx", head.Name)
	}
	w := pq.NewWriter(out, pq.NewSchema(head.Name, columns), pq.Compression(&pq.Snappy), pq.CreatedBy("Circascope", "", ""), pq.MaxRowsPerRowGroup(rowGroup))
	return &parquetRows{head: head, columns: columns, out: w, row: make(pq.Row, len(head.Header))}, nil
}

// parquetRows writes rows as Parquet.
type parquetRows struct {
	head    app.Table
	columns columns
	out     rowsCloser
	row     pq.Row
	written int
}

// rowsCloser is what a file of Parquet is written by.
type rowsCloser interface {
	pq.RowWriter
	Close() error
}

func (p *parquetRows) Write(row []string) error {
	p.written++
	for k, cell := range row {
		v, err := p.head.Typed(cell, k)
		if err != nil {
			return fmt.Errorf("row %d of %s: %w", p.written, p.head.Name, err)
		}
		p.row[k] = parquetValue(v).Level(0, p.columns.level(k, v), k)
	}
	_, err := p.out.WriteRows([]pq.Row{p.row})
	return p.named(err)
}

func (p *parquetRows) Close() error { return p.named(p.out.Close()) }

// Abandon does nothing: what is kept goes with the writer.
func (p *parquetRows) Abandon() {}

func (p *parquetRows) named(err error) error {
	if err != nil {
		return fmt.Errorf("writing %s as Parquet: %w", p.head.Name, err)
	}
	return nil
}

func parquetValue(v any) pq.Value {
	if v == nil {
		return pq.NullValue()
	}
	return pq.ValueOf(v)
}

// columns is a group whose fields keep the table's order; those of pq.Group are
// sorted by name.
type columns struct {
	pq.Group
	order []pq.Field
}

func newColumns(t app.Table) columns {
	c := columns{Group: make(pq.Group, len(t.Header))}
	for i, name := range t.Header {
		c.Group[name] = node(t.Type(i))
	}
	fields := make(map[string]pq.Field, len(t.Header))
	for _, f := range c.Group.Fields() {
		fields[f.Name()] = f
	}
	for _, name := range t.Header {
		c.order = append(c.order, fields[name])
	}
	return c
}

// Fields returns the columns in the table's order.
func (c columns) Fields() []pq.Field { return c.order }

// level is the definition level of a value: 1 where it is there and might not be.
func (c columns) level(column int, v any) int {
	if v == nil || !c.order[column].Optional() {
		return 0
	}
	return 1
}

func node(kind app.ColumnType) pq.Node {
	switch kind {
	case app.Integer:
		return pq.Optional(pq.Leaf(pq.Int64Type))
	case app.Real:
		return pq.Optional(pq.Leaf(pq.DoubleType))
	case app.Truth:
		return pq.Optional(pq.Leaf(pq.BooleanType))
	default:
		return pq.String()
	}
}
