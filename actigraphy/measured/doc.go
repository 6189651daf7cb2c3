// Package measured is what is kept of a measure once it is computed: its value, the
// formula and the data that made it, and the ids by which a second run recognises it.
// It computes nothing; package metrics does.
package measured
