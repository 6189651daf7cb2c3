package app

import (
	"context"
	"fmt"

	"circascope/actigraphy"
)

// knownFile is where the recordings of a file's content first came from.
type knownFile struct{ name, subject string }

func knownFiles(ctx context.Context, lib Library) (map[string]knownFile, error) {
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]knownFile{}
	for _, info := range infos {
		known[info.Source.SHA256] = knownFile{info.Source.Name, info.Subject}
	}
	return known, nil
}

// noteCopy tells a file whose content is there under another name and as another
// participant: where a file names nobody, its own name is the participant's, and a
// copy makes one person into two.
func (in *importer) noteCopy(path string, r *actigraphy.Recording) {
	first, ok := in.known[r.Source.SHA256]
	if !ok {
		in.known[r.Source.SHA256] = knownFile{r.Source.Name, r.Subject}
		return
	}
	if first.name != r.Source.Name && first.subject != r.Subject {
		in.notes = append(in.notes, fmt.Sprintf("%s (participant %s) has the same content as %s (participant %s): one of them may be a copy; delete one, or import it again with the right participant",
			path, r.Subject, first.name, first.subject))
	}
}
