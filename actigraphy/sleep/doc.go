// Package sleep scores the epochs of a recording as sleep and wake, finds rest
// periods, and sums up the nights.
//
// Every scoring algorithm comes in one or more sets of definitions: the published
// formula, what pyActigraphy 1.2.2 computes, and what a device's own program
// computes. A masked epoch is one whose activity is NaN. The package does no input
// or output; all its functions are pure.
package sleep
