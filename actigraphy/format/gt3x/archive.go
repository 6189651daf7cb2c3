package gt3x

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/readahead"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/internal/zipfile"
)

// The members of an archive that are read.
const (
	infoMember        = "info.txt"
	logMember         = "log.bin"
	packedMember      = "activity.bin"
	luxMember         = "lux.bin"
	calibrationMember = "calibration.json"
)

// Limits. Samples are streamed, so theirs bounds time and not memory.
const (
	maxMembers = 1000
	maxText    = 64 << 10 // bytes of info.txt and calibration.json
)

// How far a member is unpacked ahead.
const (
	aheadBuffers = 4
	aheadBytes   = 64 << 10 // each
)

const localHeader = "PK\x03\x04"

// Sniff looks for the names of GT3X members in the archive's local headers.
func Sniff(head []byte) bool {
	if !bytes.HasPrefix(head, []byte(localHeader)) {
		return false
	}
	const fixed, lengthAt = 30, 26 // APPNOTE 4.3.7
	for {
		i := bytes.Index(head, []byte(localHeader))
		if i < 0 || len(head) < i+fixed {
			return false
		}
		length := int(binary.LittleEndian.Uint16(head[i+lengthAt:]))
		head = head[i+fixed:]
		switch string(head[:min(length, len(head))]) {
		case logMember, packedMember, "gt3xplus.ico":
			return true
		}
	}
}

// archive is the zip file and its members by name.
type archive struct {
	in      *format.Input
	members map[string]*zip.File
}

func openArchive(in *format.Input) (*archive, error) {
	a := &archive{in: in}
	members, err := a.list(in.ReaderAt())
	if err != nil {
		return nil, err
	}
	a.members = members
	if !a.has(infoMember) || !a.has(logMember) && !a.has(packedMember) {
		return nil, a.fault("a GT3X file, an archive of info.txt and log.bin or activity.bin", "an archive without them",
			"choose the file that the device was downloaded to", actigraphy.ErrFormat)
	}
	return a, nil
}

// list returns the members, of which no two may have one name.
func (a *archive) list(r io.ReaderAt, size int64) (map[string]*zip.File, error) {
	z, err := zipfile.Open(r, size, maxMembers)
	switch {
	case errors.Is(err, zipfile.ErrMembers):
		return nil, a.fault(fmt.Sprintf("an archive of at most %d files", maxMembers), "one of more",
			"choose the file that the device was downloaded to", actigraphy.ErrFormat)
	case err != nil:
		return nil, a.fault("a zip archive", "one whose list of contents is damaged or missing",
			"the file may be cut off; copy or download it again", err)
	}
	// This one inflates faster than the standard library's.
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	members := make(map[string]*zip.File, len(z.File))
	for _, m := range z.File {
		if members[m.Name] != nil {
			return nil, a.fault("one member "+m.Name+" in the archive", "two", "download the device again", nil)
		}
		members[m.Name] = m
	}
	return members, nil
}

func (a *archive) has(name string) bool { return a.members[name] != nil }

// text returns a short member.
func (a *archive) text(name string) (_ []byte, err error) {
	r, err := a.open(a.members[name])
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	text, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return nil, a.reading(err)
	}
	if len(text) > maxText {
		return nil, a.fault(fmt.Sprintf("at most %d KiB of %s", maxText>>10, name), "more", "download the device again", nil)
	}
	return text, nil
}

// stream opens a member of any size, to be read once from its beginning, and
// counts towards the progress of the file. It is unpacked ahead, on another core.
// Reading fails when ctx is cancelled.
func (a *archive) stream(ctx context.Context, name string) (io.ReadCloser, error) {
	members, err := a.list(a.in.Tracked(ctx))
	if err != nil {
		return nil, cmp.Or(ctx.Err(), err)
	}
	if members[name] == nil {
		return nil, a.fault("the file as it was", "another", "import it again when it is complete", nil)
	}
	r, err := a.open(members[name])
	if err != nil {
		return nil, err
	}
	ahead, err := readahead.NewReadCloserSize(r, aheadBuffers, aheadBytes)
	if err != nil {
		_ = r.Close()
		return nil, err
	}
	return ahead, nil
}

// open opens a member to be looked into.
func (a *archive) open(m *zip.File) (io.ReadCloser, error) {
	if m.UncompressedSize64 > format.MaxFileSize {
		return nil, a.fault(fmt.Sprintf("at most %d GiB of %s", format.MaxFileSize>>30, m.Name), "more", "split the recording", nil)
	}
	r, err := m.Open()
	if err != nil {
		return nil, a.reading(err)
	}
	return r, nil
}

func (a *archive) fault(expected, found, advice string, err error) *actigraphy.FileError {
	return &actigraphy.FileError{File: a.in.Path, Expected: expected, Found: found, Advice: advice, Err: err}
}
