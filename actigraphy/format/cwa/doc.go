// Package cwa reads the raw recordings of Axivity's AX3 and AX6, .cwa files: a
// header of 1024 bytes and sectors of 512 bytes, each with a checksum, a time and
// 40 to 120 samples. The layout is the maker's: cwa.h of Open Movement
// (https://github.com/digitalinteraction/openmovement, Docs/ax3/cwa.h).
//
// A sector that fails its checksum is left out: its time is missing, and it is
// counted. Times of samples are those of the field's readers: a sector begins
// where the one before ends, and ends at its own time. Where the firmware states
// a fraction of a second it is used, which other readers drop: the times differ
// from theirs by less than one sample.
package cwa
