// Package genea reads the raw recordings of the GENEA (Unilever Discover), the
// device before GENEActiv: a text header, and pages of 2048 bytes with 341 chunks
// of six bytes, each a checksum, a kind, and a sample, a second or the battery's
// voltage. There is no published description; the layout is as GGIRread reads it
// (readGenea), and the checksum was found from the bytes of its test file.
package genea
