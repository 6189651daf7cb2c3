// Package xlsx reads workbooks of Excel (XLSX): the Philips Health Band's, and any
// sheet that is a table of times and activity. A sheet becomes a text with one row
// a line, and the reader that knows such a text reads it. It is apart from package
// format because it needs a library of its own.
package xlsx
