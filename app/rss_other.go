//go:build !linux

package app

func resetPeakRSS() {}

// peakRSS is not known here.
func peakRSS() float64 { return 0 }
