// Package counts computes ActiGraph activity counts from raw acceleration, as
// ActiGraph published the algorithm: Neishabouri et al. 2022, Quantification of
// acceleration as activity counts in ActiGraph wearable, Scientific Reports 12,
// 11958, doi:10.1038/s41598-022-16003-x.
//
// The steps: resample to 30 Hz, round to a thousandth of g, band-pass, scale, cut
// to 4 ... 128, take the whole part, average three values to one of ten a second,
// sum over the epoch. Operations and their order are those of the published
// program, so that the integers are the same.
package counts
