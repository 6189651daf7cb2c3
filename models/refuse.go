package models

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
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

var hdf5Signature = []byte("\x89HDF\r\n\x1a\n")

// sniff says what is wrong with a file that is not whole HDF5, as a refusal.
func sniff(content []byte) error {
	if len(content) == 0 {
		return refusal("the file is empty (0 bytes); download it again")
	}
	if bytes.HasPrefix(content, hdf5Signature) {
		return truncated(content)
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

// truncated compares the file's length with the end its superblock names.
// Superblock versions 0 and 1 name it after the base and free-space addresses,
// 2 and 3 after the base and extension addresses (HDF5 file format
// specification 3.0, II.A). Addresses of another size than 8 bytes are left to
// the reader.
func truncated(content []byte) error {
	short := refusal("the file is cut short: an incomplete download; download it again")
	if len(content) < 48 {
		return short
	}
	var at int
	switch version := content[8]; version {
	case 0:
		at = 40
	case 1:
		at = 44
	case 2, 3:
		at = 28
	default:
		return refusal(fmt.Sprintf("this layout can't be read yet: HDF5 superblock version %d", version))
	}
	offsetSize := content[13]
	if content[8] >= 2 {
		offsetSize = content[9]
	}
	if offsetSize != 8 || len(content) < at+8 {
		return nil
	}
	if end := binary.LittleEndian.Uint64(content[at:]); end > uint64(len(content)) {
		return refusal(fmt.Sprintf("the file is cut short: an incomplete download (%d bytes of %d are there); download it again", len(content), end))
	}
	return nil
}
