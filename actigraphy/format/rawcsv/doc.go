// Package rawcsv reads texts of raw acceleration, one sample a line: ActiLife's raw
// CSV, with or without a column of times, GENEActiv's and Axivity's, and any table
// of a time and three axes in g. Samples in a device's own steps are refused: what
// calibrates them is not in the file.
package rawcsv
