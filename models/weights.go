package models

// Weights are the parameters of the encoder, and of a head on it, checked: every value finite, every shape
// that of Spec. Matrices are row-major, [in][out].
type Weights struct {
	Spec   Spec
	SHA256 string // of the file they were read from, lower-case hex
	State  State  // how far they are trusted; demo weights say so wherever they go

	PatchKernel []float32 // (Patch, Dim)
	PatchBias   []float32 // (Dim)
	Blocks      []Block   // one a layer
	Head        *Head     // of a fine-tuned file; nil where there is none
}

// Block is one transformer layer, post-norm.
type Block struct {
	QueryKernel, KeyKernel, ValueKernel []float32 // (Dim, Heads, KeyDim)
	QueryBias, KeyBias, ValueBias       []float32 // (Heads, KeyDim)
	OutputKernel                        []float32 // (Heads, KeyDim, Dim)
	OutputBias                          []float32 // (Dim)
	Norm1Gamma, Norm1Beta               []float32 // (Dim)
	FF1Kernel                           []float32 // (Dim, FeedForward)
	FF1Bias                             []float32 // (FeedForward)
	FF2Kernel                           []float32 // (FeedForward, Dim)
	FF2Bias                             []float32 // (Dim)
	Norm2Gamma, Norm2Beta               []float32 // (Dim)
}

// State says how far a weights file is trusted.
type State string

// The states of a weights file.
const (
	Approved State = "approved" // the user approved this very content
	New      State = "new"      // well-formed, never approved
	Changed  State = "changed"  // another content than the one approved
	Refused  State = "refused"  // not a PAT weights file, or damaged
	Missing  State = "missing"  // no file
	Demo     State = "demo"     // the weights that ship to try the program with
)

// File describes a weights file as found on disk.
type File struct {
	Path           string  `json:"path"`
	Model          Size    `json:"model"`           // from the shapes, never from the name
	Layout         string  `json:"layout"`          // "keras2 save_weights", ...
	Parameters     int     `json:"parameters"`      // of the encoder
	HeadParameters int     `json:"head_parameters"` // of a fine-tuning head whose score is computed
	Score          string  `json:"score,omitempty"` // what the score of the head is called
	Bytes          int64   `json:"bytes"`
	SHA256         string  `json:"sha256"`
	State          State   `json:"state"`
	ApprovedAt     string  `json:"approved_at,omitempty"` // RFC 3339, UTC
	Warning        string  `json:"warning,omitempty"`
	Checks         []Check `json:"fingerprints,omitempty"` // how the last comparison with each fingerprint went
	Error          string  `json:"error"`                  // why it is refused, or what changed
}
