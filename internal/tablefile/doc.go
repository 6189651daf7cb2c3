// Package tablefile writes tables in the formats that need a library of their own:
// Parquet and XLSX. Columns have the types that the table gives them, empty cells
// have no value, and the same table gives the same bytes.
package tablefile
