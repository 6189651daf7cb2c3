// Package raw is the domain of raw accelerometer recordings: streams of
// acceleration in g, from which counts, ENMO, MIMS and angles are computed epoch
// by epoch. It does no I/O; the readers of device files hand it a Source.
package raw
