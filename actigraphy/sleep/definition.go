package sleep

// Definition names a set of definitions of the algorithms.
type Definition string

// The definitions.
const (
	Paper        Definition = "paper"        // the published formula
	PyActigraphy Definition = "pyactigraphy" // as pyActigraphy 1.2.2 computes it, peculiarities included
	Vendor       Definition = "vendor"       // as the maker's program computes it: ActiLife, Actiware
)

// Reference is where a formula was published.
type Reference struct {
	Authors string `json:"authors"`
	Year    int    `json:"year"`
	DOI     string `json:"doi,omitempty"` // empty for a report without one
}
