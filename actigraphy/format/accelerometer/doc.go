// Package accelerometer makes readers of raw accelerometer files: a device's
// package says how its files are recognised and opened, and the recording is
// computed here, the same for every device.
package accelerometer
