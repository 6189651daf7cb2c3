// Package parquet reads recordings out of Parquet files: a column of times
// (timestamps, or texts of them), columns of activity and what else was measured,
// and one of participants where there are several. A file is read as the CSV of
// its flat columns would be, a batch of rows at a time; nested columns are left
// out and named.
package parquet
