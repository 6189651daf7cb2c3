package models

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

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

// readKept reads the kept copy that a record points to, provided that its content
// is the one that was kept, and checks it as a file that was never seen before.
func (c *Catalogue) readKept(r record) (*Weights, error) {
	content, err := os.ReadFile(c.keptPath(r))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the kept copy of the approved weights is gone (%w): approve the file again", err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the kept copy of the approved weights: %w", err)
	}
	f, now, err := arrays.DecodeHashed(content)
	if now != r.KeptSHA256 {
		return nil, fmt.Errorf("the kept copy %s changed since it was approved: its SHA-256 was %s, now it is %s; nothing uses it until you approve the file again", c.keptPath(r), r.KeptSHA256, now)
	}
	var w *Weights
	if err == nil {
		w, err = fromKept(f)
	}
	if err == nil && (w.SHA256 != r.SHA256 || w.Spec.Size != r.Model) {
		err = fmt.Errorf("it holds PAT-%s of SHA-256 %s", w.Spec.Size, w.SHA256)
	}
	if err != nil {
		return nil, fmt.Errorf("the kept copy %s does not fit its record (%w): approve the file again", c.keptPath(r), err)
	}
	return w, nil
}

// fromKept makes weights of what encodeKept wrote.
func fromKept(f *arrays.File) (*Weights, error) {
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
