// Package rdata reads recordings out of data frames in files of R: .rda and .RData
// of save, .rds of saveRDS, in the binary (XDR) serialization of versions 2 and 3,
// compressed by gzip, bzip2 or xz. Data frames of numbers, texts, factors, dates
// and times are taken; functions, environments and other objects are passed over
// or refused.
//
// The layout is that of "Serialization Formats" in the manual R Internals.
package rdata
