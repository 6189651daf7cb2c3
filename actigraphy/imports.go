package actigraphy

// Status says what became of a file or recording in an import.
type Status string

// The statuses of an import.
const (
	Imported  Status = "imported"
	Duplicate Status = "duplicate" // the library already held it
	Refused   Status = "refused"
)

// Outcome is what became of one recording, or of one file that gave none.
type Outcome struct {
	Path      string   `json:"path"`
	Status    Status   `json:"status"`
	Recording string   `json:"recording"` // its id
	Subject   string   `json:"subject,omitempty"`
	Warnings  []string `json:"warnings,omitempty"`
	Error     string   `json:"error"`

	// DateOrderOpen says that the error is ErrDateOrder, so that a person can be
	// asked at once. It is not stored.
	DateOrderOpen bool `json:"-"`
}

// ImportedFile is a file that an import went through to its end.
type ImportedFile struct {
	Name     string // base name: where a file names nobody, it names the participant
	SHA256   string // of its content; "" where no recording came of it
	Options  string // how it was read, as JSON
	Outcomes []Outcome
}

// Import is one act of importing: what can be undone at once.
type Import struct {
	ID         int64     `json:"id"`
	StartedAt  string    `json:"started_at"`            // RFC 3339, UTC
	FinishedAt string    `json:"finished_at,omitempty"` // empty where it runs or was cut off
	Outcomes   []Outcome `json:"outcomes"`
}
