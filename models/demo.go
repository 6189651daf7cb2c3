package models

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
)

// DemoSet is the weights a program ships to try it with. They are used only
// where demo weights are asked for by name, and only with the expected content.
type DemoSet struct {
	Files fs.FS
	Names map[Size]DemoFile
}

// DemoFile names one file of demo weights and the SHA-256 it must have.
type DemoFile struct {
	Name, SHA256 string
}

// ReadDemoSet lists the demo weights in a folder: files named as
// PAT-S_demo_weights.h5, with their SHA-256 in SHA256SUMS, a list as sha256sum
// writes it.
func ReadDemoSet(folder fs.FS) (*DemoSet, error) {
	sums, err := fs.ReadFile(folder, "SHA256SUMS")
	if err != nil {
		return nil, fmt.Errorf("reading the list of demo weights: %w", err)
	}
	set := &DemoSet{Files: folder, Names: map[Size]DemoFile{}}
	for line := range strings.Lines(string(sums)) {
		sha, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			return nil, fmt.Errorf("the list of demo weights has the line %q: want a SHA-256, two spaces and a name", line)
		}
		for _, size := range Sizes() {
			if name == fmt.Sprintf("PAT-%s_demo_weights.h5", size) {
				set.Names[size] = DemoFile{Name: name, SHA256: sha}
			}
		}
	}
	return set, nil
}

// has reports whether sha256 is that of demo weights.
func (d *DemoSet) has(sha256 string) bool {
	if d == nil {
		return false
	}
	for _, f := range d.Names {
		if f.SHA256 == sha256 {
			return true
		}
	}
	return false
}

// list describes the demo weights, smallest first.
func (d *DemoSet) list() []File {
	var out []File
	for _, size := range Sizes() {
		if d == nil || d.Names[size].Name == "" {
			continue
		}
		_, f, err := d.content(size)
		if err != nil {
			f.State, f.Error = Refused, err.Error()
		}
		out = append(out, f)
	}
	return out
}

// content returns the verified bytes of the demo weights of a size.
func (d *DemoSet) content(size Size) ([]byte, File, error) {
	if d == nil || d.Names[size].Name == "" {
		return nil, File{Model: size, State: Missing}, &StateError{size, Missing, "this program ships no demo weights of that size"}
	}
	want := d.Names[size]
	f := File{Path: want.Name, Model: size, SHA256: want.SHA256, State: Demo, Warning: "demo weights: to try the program with, not for research"}
	content, err := fs.ReadFile(d.Files, want.Name)
	if err != nil {
		return nil, f, fmt.Errorf("reading the demo weights: %w", err)
	}
	f.Bytes = int64(len(content))
	if now := hash(content); now != want.SHA256 {
		return nil, f, &StateError{size, Changed, fmt.Sprintf("the demo weights %s are not those this program was built for: their SHA-256 should be %s and is %s", want.Name, want.SHA256, now)}
	}
	if spec, err := SpecOf(size); err == nil {
		f.Parameters = spec.Parameters()
	}
	return content, f, nil
}

func (d *DemoSet) load(ctx context.Context, size Size, r Reader) (*Weights, File, error) {
	content, shown, err := d.content(size)
	if err != nil {
		return nil, shown, err
	}
	w, f, err := parse(ctx, shown.Path, content, r)
	if err != nil {
		return nil, f, err
	}
	if w.Spec.Size != size {
		return nil, f, fmt.Errorf("the demo weights %s are of PAT-%s, not PAT-%s", shown.Path, w.Spec.Size, size)
	}
	f.State, f.Warning = Demo, shown.Warning
	w.State = Demo
	return w, f, nil
}
