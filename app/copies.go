package app

import (
	"context"
	"fmt"
)

// knownFile is where the recordings of a file's content first came from.
type knownFile struct{ name, subject string }

// knownByHash are the files of a library by the SHA-256 of their content.
type knownByHash map[string]knownFile

// arrival is a recording that an import brought.
type arrival struct {
	knownFile
	path, sha256 string
}

func knownFiles(ctx context.Context, lib Library) (knownByHash, error) {
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	known := knownByHash{}
	for _, info := range infos {
		known[info.Source.SHA256] = knownFile{info.Source.Name, info.Subject}
	}
	return known, nil
}

// copies tells of the files whose content is there under another name and as
// another participant: where a file names nobody, its own name is the
// participant's, and a copy makes one person into two. The arrivals are known then.
func (known knownByHash) copies(came []arrival) []string {
	var notes []string
	for _, a := range came {
		first, ok := known[a.sha256]
		switch {
		case !ok:
			known[a.sha256] = a.knownFile
		case first.name != a.name && first.subject != a.subject:
			notes = append(notes, fmt.Sprintf("%s (participant %s) has the same content as %s (participant %s): one of them may be a copy; delete one, or import it again with the right participant",
				a.path, a.subject, first.name, first.subject))
		}
	}
	return notes
}
