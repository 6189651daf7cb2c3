// Package geneactiv reads the raw recordings of Activinsights' GENEActiv, .bin
// files: a text header and pages of text, each with a time, a temperature and up
// to 300 samples of 12 hexadecimal digits. The layout is the maker's (GENEActiv
// Instruction Manual, "Decoding .bin files").
//
// Pages that cannot be read are left out: their time is missing, and they are
// counted. The last page of a file that was cut off gives the samples it has.
package geneactiv
