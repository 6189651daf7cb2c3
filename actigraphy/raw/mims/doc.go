// Package mims computes Monitor-Independent Movement Summary units from raw
// acceleration: John et al. 2019, An Open-Source Monitor-Independent Movement
// Summary for Accelerometer Data Processing, Journal for the Measurement of
// Physical Behaviour 2(4), 268-281, doi:10.1123/jmpb.2018-0068. What the paper
// leaves open follows the authors' R package MIMSunit.
//
// The steps, axis by axis: bring the signal to 100 Hz by a cubic spline, restore
// what the device cut off at the end of its range, band-pass from 0.2 to 5 Hz,
// take the area under the absolute value, drop areas that are noise, and add the
// axes.
//
// It has not been verified against the R package: no values of it were at hand.
// The parts are tested each for itself.
package mims

// Rate is that of the signal within the algorithm, Hz.
const Rate = 100
