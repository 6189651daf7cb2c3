package app

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// findFiles lists the files under the paths in order, hidden ones left out, each
// once. A path that can't be read is an outcome, and so is a link to a folder
// below one of the paths: following those could go round in circles.
func findFiles(paths []string) (files []string, missing []actigraphy.Outcome) {
	seen := map[string]bool{}
	for _, root := range paths {
		if isFolder(root) {
			root += string(filepath.Separator) // a link that the user names is followed
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				missing = append(missing, refusedPath(path, err))
				return nil
			}
			hidden := path != root && strings.HasPrefix(entry.Name(), ".")
			switch {
			case entry.IsDir() && hidden:
				return fs.SkipDir
			case entry.IsDir() || hidden || seen[path]:
				return nil
			case entry.Type()&fs.ModeSymlink != 0 && isFolder(path):
				missing = append(missing, refusedPath(path, errLinkedFolder))
				return nil
			}
			seen[path] = true
			if members := format.Members(path); len(members) > 0 {
				files = append(files, members...)
			} else {
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			missing = append(missing, refusedPath(root, err))
		}
	}
	return files, missing
}

var errLinkedFolder = errors.New("a link to a folder is not followed; name the folder itself to import it")

func refusedPath(path string, err error) actigraphy.Outcome {
	reason := ReadProblem(path, err).Error()
	if errors.Is(err, errLinkedFolder) {
		reason = path + ": " + reason
	}
	return actigraphy.Outcome{Path: path, Status: actigraphy.Refused, Error: reason}
}

// isPartOf reports whether a file is the open library itself or one that SQLite
// and the lock keep beside it. They lie about in the folders people import.
func isPartOf(library, file string) bool {
	for _, end := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		if strings.HasSuffix(file, filepath.Base(library)+end) && sameFile(library+end, file) {
			return true
		}
	}
	return false
}
