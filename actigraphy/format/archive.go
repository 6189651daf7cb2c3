package format

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"circascope/actigraphy"
	"circascope/actigraphy/internal/zipfile"
)

// Members lists the files in a ZIP archive, each under a path that Open takes:
// ARCHIVE/NAME. It lists none of what is read as a whole: a file that is no
// archive, an archive of one text, and formats that are archives themselves.
// Folders, and what systems add for themselves, do not count.
func Members(archive string) []string {
	if !isZIP(archive) {
		return nil
	}
	in, err := Open(archive)
	if err != nil {
		return nil // the import says why
	}
	defer in.Close() //nolint:errcheck // it was only read
	if in.member != nil {
		return nil
	}
	z, err := zipfile.Open(in.content, in.Size, maxMembers)
	if err != nil {
		return nil
	}
	var list []string
	for _, f := range z.File {
		switch {
		case partOfFormat(f.Name):
			return nil
		case f.FileInfo().IsDir() || addedBySystem(f.Name) || slices.Contains(list, archive+"/"+f.Name):
		default:
			list = append(list, archive+"/"+f.Name)
		}
	}
	return list
}

// isZIP looks at the first bytes of a file alone, since most files are none.
func isZIP(name string) bool {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false // a pipe would wait for somebody to write
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	head := make([]byte, 4)
	_, err = io.ReadFull(f, head)
	return err == nil && magic("PK\x03\x04")(head)
}

// partOfFormat tells the members of GT3X files, spreadsheets and Apple's archive.
func partOfFormat(name string) bool {
	switch name {
	case "log.bin", "activity.bin", "[Content_Types].xml", "mimetype", "apple_health_export/export.xml":
		return true
	}
	return false
}

// memberPath cuts a path into that of a regular file and the name of a member in it.
func memberPath(p string) (archive, name string, ok bool) {
	for i := range p {
		if i == 0 || !os.IsPathSeparator(p[i]) {
			continue
		}
		if info, err := os.Stat(p[:i]); err == nil && info.Mode().IsRegular() {
			return p[:i], p[i+1:], true
		}
	}
	return "", "", false
}

// openArchived opens one file of an archive. It is unpacked into a temporary file, so
// that every reader can take it; Close removes that.
func openArchived(p, archive, name string) (*Input, error) {
	packed, err := Open(archive)
	if err != nil {
		return nil, memberError(p, err)
	}
	defer packed.Close() //nolint:errcheck // it was only read
	z, err := zipfile.Open(packed.content, packed.Size, maxMembers)
	if err != nil {
		return nil, memberError(p, err)
	}
	for _, f := range z.File {
		if f.Name == name && !f.FileInfo().IsDir() {
			return unpackMember(p, archive, f)
		}
	}
	return nil, &actigraphy.FileError{File: p, Found: "no such file in " + filepath.Base(archive), Advice: "check the path", Err: os.ErrNotExist}
}

func unpackMember(p, archive string, f *zip.File) (*Input, error) {
	const encrypted = 1
	switch {
	case f.Flags&encrypted != 0:
		return nil, &actigraphy.FileError{File: p, Found: "a file with a password", Advice: "unpack the archive and import what is inside", Err: actigraphy.ErrFormat}
	case f.UncompressedSize64 > MaxFileSize:
		return nil, &actigraphy.FileError{File: p, Expected: fmt.Sprintf("at most %d GiB", MaxFileSize>>30), Found: "more", Advice: "split the file by participant", Err: actigraphy.ErrFormat}
	}
	packed, err := f.Open()
	if err != nil {
		return nil, memberError(p, err)
	}
	defer packed.Close() //nolint:errcheck // it was only read
	file, err := os.CreateTemp("", "circascope-*")
	if err != nil {
		return nil, openError(p, err)
	}
	in := &Input{
		Path: p, Name: path.Base(f.Name), archived: filepath.Base(archive) + "/" + f.Name,
		content: file, file: file, temporary: true,
	}
	if err := in.fill(packed); err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

// fill writes the member's content into the temporary file and reads its head.
// Package zip wants the size and the check sum that the archive names.
func (in *Input) fill(packed io.Reader) error {
	n, err := io.CopyBuffer(in.file, io.LimitReader(packed, MaxFileSize+1), make([]byte, 1<<20))
	if err != nil {
		return memberError(in.Path, err)
	}
	if n == 0 {
		return emptyFile(in.Path)
	}
	info, err := in.file.Stat()
	if err != nil {
		return openError(in.Path, err)
	}
	in.Size, in.modified = n, info.ModTime()
	return in.readHead()
}

// memberError says what is wrong with an archive, or with the disk.
func memberError(p string, err error) error {
	if os.IsNotExist(err) || os.IsPermission(err) {
		return openError(p, err)
	}
	return &actigraphy.FileError{File: p, Found: "a ZIP archive that cannot be unpacked", Advice: "copy or download it again", Err: err}
}
