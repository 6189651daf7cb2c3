// Package format reads recordings from device and dataset files. A file's reader
// is chosen by what stands in the file, never by its extension. What a reader
// decides (date order, separator, channel, unit) goes into the notes of the
// recording; what it cannot decide it refuses, with the place in the file and
// what to do.
package format
