// Package matrix reads the raw recordings of Parmay Tech's Matrix, .bin files: a
// block of remarks, a header, and packets that differ in length, each with a
// checksum, the seconds of its beginning and its end, and samples of up to four
// sensors.
//
// A packet that fails its checksum is left out: its time is missing, and it is
// counted. Samples are spread evenly over a packet, as the maker does; how many a
// second there are differs from the rate that was configured.
package matrix
