// Package plots draws the workbench's charts: to an image for the window, and to
// PNG, SVG and PDF for a paper. A chart is a plain struct of data; the same chart
// and the same Style give the same bytes, whenever and wherever they are drawn.
//
// The charts are drawn with gonum's vg types on a page of this package's own,
// because a paper's figure needs what a general plotter does not give: panels
// that share an axis, heatmaps rasterised to the pixel grid inside vector axes,
// missing data shown as missing, and a footer that says what made the numbers.
//
// The package also holds the fast parts of the window's live views: colour lookup
// tables, HeatmapRaster and ScatterRaster, and the geometry to pick what they
// show. Nothing here knows the window.
package plots
