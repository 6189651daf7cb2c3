package hdf5

import "fmt"

// DamageError says that the file's structure is not what the format demands.
type DamageError struct {
	Structure string // for example "object header"
	Offset    uint64 // of the place in the file, in bytes
	Problem   string
}

// Error names the place and the problem.
func (e *DamageError) Error() string {
	return fmt.Sprintf("the HDF5 structure is damaged (%s, byte %d: %s)", e.Structure, e.Offset, e.Problem)
}

// UnsupportedError says that the file is sound as far as it was read, and uses
// something that this package refuses.
type UnsupportedError struct {
	Reason string // a sentence part
}

// Error returns the reason.
func (e *UnsupportedError) Error() string { return e.Reason }

func unsupported(format string, args ...any) error {
	return &UnsupportedError{fmt.Sprintf(format, args...)}
}
