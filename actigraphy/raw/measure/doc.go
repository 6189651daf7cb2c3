// Package measure computes, epoch by epoch, what is published of raw
// acceleration: ActiGraph counts, ENMO with its calibration, the angle of the arm,
// MIMS, and whether the device was worn. It goes through a recording once or
// twice and keeps epochs, not samples.
package measure
