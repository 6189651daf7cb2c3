// Package hdf5 reads the floating-point datasets of an HDF5 file, strictly: what
// it accepts is what the HDF5 library reads, bit for bit, and whatever is damaged,
// ambiguous or of no use to weights is refused with the reason and the place.
//
// It follows the HDF5 File Format Specification, version 3.0: superblocks 0 to 3,
// object headers 1 and 2, old and new groups, compact, contiguous and chunked
// storage with every chunk index, and the filters deflate, shuffle and fletcher32.
// It follows hard links only and never leaves the file.
//
// Nothing the file claims is trusted. Every address and length is checked against
// the end the superblock names, every allocation against the caller's Limits, and
// no two structures may claim the same byte: a sound file has no use for that,
// and without it there are no cycles and no work that outgrows the file.
package hdf5
