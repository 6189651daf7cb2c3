package diary

// File is a diary as a library keeps it.
type File struct {
	ID         int64    `json:"id"`
	Name       string   `json:"name"` // base name
	SHA256     string   `json:"sha256"`
	ImportedAt string   `json:"imported_at"` // RFC 3339, UTC
	Notes      []string `json:"notes"`
	Entries    int      `json:"entries"`
	People     int      `json:"people"`
}
