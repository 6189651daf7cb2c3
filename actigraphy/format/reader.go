package format

import (
	"context"

	"circascope/actigraphy"
)

// Info describes a reader to people.
type Info struct {
	ID         string   // stands in Source.Format: "awd"
	Name       string   // "Actiwatch AWD"
	Extensions []string // for file dialogs: ".awd"; readers never decide by them
}

// Reader reads one format.
type Reader interface {
	// Format describes the format.
	Format() Info
	// Sniff reports whether a file that begins with head is of the format. head
	// is at most HeadSize bytes, decompressed where the file is gzipped.
	Sniff(head []byte) bool
	// Read calls emit for every recording of the file, one after the other; an
	// error of emit ends the reading and is returned. A bad file is a
	// *actigraphy.FileError, and no recording of it has been emitted.
	Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error
}

// Readers returns the readers that need no heavy library, most specific first.
// The generic CSV reader is the last, because it would take what others own.
func Readers() []Reader {
	return []Reader{
		Circascope{},
		NHANES{},
		AWD{},
		RPX{},
		ATR{},
		TAL{},
		DQT{},
		Actical{},
		MTN{},
		ActiGraphCSV{},
		UKBiobank{},
		MESA{},
		Fitabase{},
		FitbitJSON{},
		AppleHealth{},
		HealthBand{},
		GENEActivEpochs{},
		LightLogR{},
		GGIR{},
		CSV{},
	}
}
