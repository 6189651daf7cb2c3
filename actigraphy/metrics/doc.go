// Package metrics computes circadian measures of rest and activity. Programs
// disagree on what a measure's name means, so every measure belongs to a named
// definition, which is stored and exported with the number: Paper is the published
// formula, PyActigraphy is what that program computes, so that a laboratory can
// continue a series. A measure that the data do not allow is NaN with a reason,
// never a guess. The functions are pure.
package metrics
