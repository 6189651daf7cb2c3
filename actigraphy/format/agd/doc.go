// Package agd reads ActiGraph AGD files, which are SQLite databases of ActiLife:
// a table settings of names and values, and a table data of one row an epoch.
// It is a package of its own because of its SQLite driver; the program hands
// agd.Reader to format.
package agd
