package models

import (
	"bytes"
	"strings"

	"circascope/internal/hdf5"
)

// RefusedError says why a file can't be used as weights.
type RefusedError struct {
	Path   string
	Reason string // a sentence without a full stop
}

// Error names the file and the reason.
func (e *RefusedError) Error() string {
	return e.Path + ": refused: " + strings.TrimPrefix(e.Reason, e.Path+" ")
}

// refusal is a reason, before the file's name is known.
type refusal string

func (r refusal) Error() string { return string(r) }

// sniff says what a file is that is not HDF5, as a refusal. HDF5 itself is judged
// by the child process.
func sniff(content []byte) error {
	if len(content) == 0 {
		return refusal("the file is empty (0 bytes); download it again")
	}
	if hdf5.FindSignature(content) >= 0 {
		return nil
	}
	head := strings.ToLower(strings.TrimSpace(string(content[:min(len(content), 512)])))
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<?xml"):
		return refusal("not an HDF5 file but a web page; use the download button of the page, or dl=1 at the end of its address")
	case strings.HasPrefix(head, "version https://git-lfs"):
		return refusal("not an HDF5 file but a git-LFS pointer; fetch the file itself with git lfs pull")
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return refusal("not an HDF5 file but a zip archive; unpack it, or save the model's weights as .h5")
	case bytes.HasPrefix(content, []byte("\x1f\x8b")):
		return refusal("not an HDF5 file but a gzip archive; unpack it first")
	}
	return refusal("not an HDF5 file; PAT weights are .h5 files")
}
