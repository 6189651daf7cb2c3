// Command perfdoc writes the tables and charts of docs/performance.md from the
// JSON of the measuring scripts, so that no figure is typed by hand. It is for
// developers; 'make performance-page' runs it.
//
// A table stands in the page between <!-- generated NAME --> and
// <!-- /generated -->; what is between is replaced. Without -page the tables go to
// standard output.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"circascope/plots"
)

func main() {
	var o options
	flag.StringVar(&o.peers, "peers", "", "JSON of 'make bench-peers'")
	flag.StringVar(&o.product, "product", "", "JSON of 'make bench-product'")
	flag.StringVar(&o.page, "page", "", "Markdown page to rewrite; without it the tables are printed")
	flag.StringVar(&o.images, "images", "", "folder for the charts; without it none are drawn")
	flag.Parse()
	if err := run(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "perfdoc:", err)
		os.Exit(1)
	}
}

// options are the files to read and to write. One of peers and product may be
// missing where only the other's tables are printed.
type options struct{ peers, product, page, images string }

func run(o options, w io.Writer) error {
	if o.peers == "" && o.product == "" {
		return errors.New("give -peers or -product, the JSON to read")
	}
	var m measurements
	if o.peers != "" {
		m.peers = new(peerResults)
		if err := read(o.peers, m.peers); err != nil {
			return err
		}
	}
	if o.product != "" {
		m.product = new(productResults)
		if err := read(o.product, m.product); err != nil {
			return err
		}
	}
	if err := write(o, m, w); err != nil {
		return err
	}
	if o.images == "" {
		return nil
	}
	return draw(o.images, charts(m))
}

func write(o options, m measurements, w io.Writer) error {
	tables := tables(m)
	if o.page == "" {
		for _, t := range tables {
			if _, err := fmt.Fprintf(w, "## %s\n\n%s\n", t.name, t.text); err != nil {
				return err
			}
		}
		return nil
	}
	page, err := os.ReadFile(o.page)
	if err != nil {
		return err
	}
	page, err = rewrite(page, tables)
	if err != nil {
		return fmt.Errorf("%s: %w", o.page, err)
	}
	return os.WriteFile(o.page, page, 0o644)
}

// draw writes each chart as SVG.
func draw(folder string, charts []namedChart) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, c := range charts {
		var svg bytes.Buffer
		if err := plots.SVG(&svg, c.chart, plots.PaperPage()); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if err := os.WriteFile(filepath.Join(folder, "performance-"+c.name+".svg"), svg.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
