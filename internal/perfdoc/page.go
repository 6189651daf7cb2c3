package main

import (
	"bytes"
	"fmt"
)

// table is a generated part of the page.
type table struct{ name, text string }

// rewrite puts tables into their places in a page. A page without a place for a
// table, or with a place that no table fills, is an error: it would show old
// figures beside new ones.
func rewrite(page []byte, tables []table) ([]byte, error) {
	const closing = "<!-- /generated -->"
	for _, t := range tables {
		opening := fmt.Sprintf("<!-- generated %s -->", t.name)
		before, rest, ok := bytes.Cut(page, []byte(opening))
		if !ok {
			return nil, fmt.Errorf("no %s; put it and %s where the table belongs", opening, closing)
		}
		_, after, ok := bytes.Cut(rest, []byte(closing))
		if !ok {
			return nil, fmt.Errorf("%s is not closed by %s", opening, closing)
		}
		page = []byte(fmt.Sprintf("%s%s\n%s\n%s%s", before, opening, t.text, closing, after))
	}
	if got, want := bytes.Count(page, []byte("<!-- generated ")), len(tables); got != want {
		return nil, fmt.Errorf("%d places for generated tables and figures for %d: give both -peers and -product", got, want)
	}
	return page, nil
}
