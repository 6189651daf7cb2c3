package models

import (
	"fmt"

	"circascope/internal/arrays"
)

// scoreKey is the note of a kept copy that holds a head: what its score is called.
const scoreKey = "score"

// encodeKept returns approved weights in the plain format they are kept in. The
// copy is plain, not HDF5, so that a later load needs no HDF5 reader and no child
// process, and so that damage to any byte of it is noticed; it carries the
// original's SHA-256.
func encodeKept(w *Weights, f File) ([]byte, error) {
	out := &arrays.File{SourceSHA256: w.SHA256, SourceBytes: f.Bytes, Meta: map[string]string{"model": string(w.Spec.Size), "layout": f.Layout}}
	if w.Head != nil {
		out.Meta[scoreKey] = w.Head.Score
	}
	for _, p := range parts(w) {
		out.Arrays = append(out.Arrays, arrays.Array{Name: p.fullName(), Shape: p.shape, Type: "float32", Values: *p.values})
	}
	return arrays.Encode(out)
}

// decodeKept reads what encodeKept wrote and checks it as a file that was never
// seen before.
func decodeKept(content []byte) (*Weights, error) {
	f, err := arrays.Decode(content)
	if err != nil {
		return nil, err
	}
	spec, err := SpecOf(Size(f.Meta["model"]))
	if err != nil {
		return nil, err
	}
	w := &Weights{Spec: spec, SHA256: f.SourceSHA256, Blocks: make([]Block, spec.Layers)}
	if score, ok := f.Meta[scoreKey]; ok {
		w.Head = &Head{Score: score}
	}
	wanted := parts(w)
	if len(f.Arrays) != len(wanted) {
		return nil, fmt.Errorf("%d arrays are there, %s has %d", len(f.Arrays), spec.Name(), len(wanted))
	}
	for i, p := range wanted {
		if f.Arrays[i].Name != p.fullName() {
			return nil, fmt.Errorf("%s stands where %s should", f.Arrays[i].Name, p.fullName())
		}
		*p.values = f.Arrays[i].Values
	}
	return w, w.Check()
}
