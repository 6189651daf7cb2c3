package tablefile

import (
	"fmt"
	"io"

	pq "github.com/parquet-go/parquet-go"

	"circascope/app"
)

// Parquet writes a table as Parquet, compressed with Snappy. Texts are never null,
// values of the other types are where their cell is empty.
func Parquet(out io.Writer, t app.Table) error {
	columns := newColumns(t)
	if len(columns.Group) != len(t.Header) {
		return fmt.Errorf("%s has two columns of one name, which Parquet cannot hold; write .csv or .xlsx", t.Name)
	}
	w := pq.NewWriter(out, pq.NewSchema(t.Name, columns), pq.Compression(&pq.Snappy), pq.CreatedBy("Circascope", "", ""))
	row := make(pq.Row, len(t.Header))
	for i := range t.Rows {
		for k := range t.Header {
			v, err := t.Value(i, k)
			if err != nil {
				return err
			}
			row[k] = parquetValue(v).Level(0, columns.level(k, v), k)
		}
		if _, err := w.WriteRows([]pq.Row{row}); err != nil {
			return fmt.Errorf("writing %s as Parquet: %w", t.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("writing %s as Parquet: %w", t.Name, err)
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
