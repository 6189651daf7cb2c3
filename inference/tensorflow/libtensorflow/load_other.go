//go:build !linux

package libtensorflow

// open does nothing: here the library is linked as usual, since the system keeps
// every library's symbols apart.
func open() error { return nil }
