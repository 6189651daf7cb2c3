package app

import "io"

// WriteWhole is writeWhole for the tests outside.
func WriteWhole(path string, write func(io.Writer) error) error {
	_, err := writeWhole(path, write)
	return err
}
