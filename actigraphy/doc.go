// Package actigraphy holds the domain of the workbench: what a recording of
// wrist or hip activity is, when it started, in which unit it counts, and which
// file it came from. It does no input or output and imports the standard
// library only.
package actigraphy
