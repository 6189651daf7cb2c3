// Package gt3x reads ActiGraph GT3X files: zip archives of a text about the device
// (info.txt) and its samples, which are packets of one second (log.bin) or, of
// models with a firmware up to 2.5, a plain row of packed samples (activity.bin).
//
// The formats are described at github.com/actigraph/GT3X-File-Format and
// github.com/actigraph/NHANES-GT3X-File-Format. Where those leave a choice, what the
// maker's pygt3x 0.7.1 does is done: idle sleep is filled with the last values up to
// the packet that ends it.
package gt3x
