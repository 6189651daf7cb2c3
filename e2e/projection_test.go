//go:build e2e

package e2e

import (
	"image"
	"path/filepath"
	"slices"
)

// showProjection goes to the embeddings and waits for their points, of which some
// lie on one another. It returns how they look.
func (d *desk) showProjection(weeks int) *image.RGBA {
	d.Helper()
	d.press("ctrl+5")
	w, h := d.screen.size.X, d.screen.size.Y
	plot := image.Rect(w/8, h/7, w*3/4, h*9/10) // inside of the page's own plot
	d.until("the projection shows points", func() bool { return dots(d.look(), plot) >= max(1, weeks*2/3) })
	return d.step("projection")
}

// toFirstChoice is the way by Tab from the path of the export dialog to the choice
// of what is exported: past browsing, copying, cancelling and exporting.
var toFirstChoice = []string{"Tab", "Tab", "Tab", "Tab", "Tab"}

// exportProjection writes the projection as a chart, and its numbers as a table.
func (d *desk) exportProjection(out, library string) {
	d.Helper()
	chart, table := filepath.Join(out, "projection.png"), filepath.Join(out, "embeddings.csv")
	all, err := d.home.list(library)
	if err != nil {
		d.Fatal(err)
	}
	d.export(chart)
	d.checkChart(chart, 300)
	if src := d.provenance(chart); !src.Demo || len(src.Details.Groups) != 1 || len(src.Details.Groups[0].Results) != len(all) {
		d.Errorf("the provenance of the chart is %+v, want %d results of demo weights", src, len(all))
	}

	// The second choice is the table; Tab leads from there over three formats to the path.
	d.export(table, append(slices.Clone(toFirstChoice), "Down", "Down", "Down", "Return", "Tab", "Tab", "Tab", "Tab")...)
	d.checkEmbeddings(table, all)
	if src := d.provenance(table); !src.Demo || src.What != "embeddings" {
		d.Errorf("the provenance of the table is %+v, want embeddings of demo weights", src)
	}
}
