// Package calibrate finds how far an accelerometer is from local gravity, from
// stretches of its own recording in which it lay still, and corrects it: van Hees
// et al. 2014, Autocalibration of accelerometer data for free-living physical
// activity assessment using local gravity and temperature, Journal of Applied
// Physiology 117(7), 738-744, doi:10.1152/japplphysiol.00421.2014.
package calibrate
