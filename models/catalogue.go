package models

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Catalogue is the folder of weights the user trusts. Files dropped into the
// folder show up as new; approved ones are kept under approved/ as a plain copy,
// with a record of what was approved. Only approved content is ever loaded, and
// it is verified by SHA-256 at every load. Several processes may use one folder
// at once.
type Catalogue struct {
	dir  string
	opts CatalogueOptions
}

// CatalogueOptions are what a Catalogue works with. The zero value is ready.
type CatalogueOptions struct {
	Reader Reader
	Demo   *DemoSet         // nil: this program ships no demo weights
	Now    func() time.Time // nil: time.Now
}

// OpenCatalogue opens the catalogue in dir, which is made when something is
// approved.
func OpenCatalogue(dir string, o CatalogueOptions) (*Catalogue, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the folder of the models: %w", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Catalogue{dir, o}, nil
}

// Dir is the folder of the catalogue, where the user may drop files.
func (c *Catalogue) Dir() string { return c.dir }

// List describes the weights on this machine: one entry a size, smallest first,
// also where there is no file; then the other files of the folder; then the demo
// weights.
func (c *Catalogue) List(ctx context.Context) ([]File, error) {
	records, err := c.records()
	if err != nil {
		return nil, err
	}
	var out []File
	for _, size := range Sizes() {
		out = append(out, c.status(size, records))
	}
	others, err := c.others(ctx, records)
	if err != nil {
		return nil, err
	}
	out = append(append(out, others...), c.opts.Demo.list()...)
	for i := range out {
		if err := c.addChecks(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Inspect reads a weights file anywhere on disk and says what it is and how far
// it is trusted. It changes nothing; what is wrong with the file stands in the
// File. The error is about this machine, for example a missing reader.
func (c *Catalogue) Inspect(ctx context.Context, path string) (File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return File{}, fmt.Errorf("finding the weights: %w", err)
	}
	records, err := c.records()
	if err != nil {
		return File{}, err
	}
	_, f, err := c.inspect(ctx, path, records)
	return f, err
}

// LoadFile reads weights that the user named for one piece of work, in whatever
// state they are. Files that are refused or missing, or whose content is not what
// was approved for that path, are a *RefusedError.
func (c *Catalogue) LoadFile(ctx context.Context, path string) (*Weights, File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, File{}, fmt.Errorf("finding the weights: %w", err)
	}
	records, err := c.records()
	if err != nil {
		return nil, File{}, err
	}
	if w, f := c.fromApproved(path, records); w != nil {
		return w, f, nil
	}
	w, f, err := c.inspect(ctx, path, records)
	switch {
	case err != nil:
		return nil, f, err
	case w == nil || f.State == Changed:
		return nil, f, &RefusedError{path, f.Error}
	}
	w.State = f.State
	return w, f, nil
}

// fromApproved returns the kept copy of a file whose content was approved, or nil
// where there is no whole one: then the file itself is to be read.
func (c *Catalogue) fromApproved(path string, records map[Size]record) (*Weights, File) {
	now := hashFile(path)
	if now.err != nil {
		return nil, File{}
	}
	for _, r := range records {
		if r.SHA256 != now.sha256 {
			continue
		}
		if w, err := c.readKept(r); err == nil && (w.Head != nil) == (r.HeadParameters > 0) {
			f := r.file(Approved)
			f.Path, w.State = path, Approved
			return w, f
		}
	}
	return nil, File{}
}

// inspect returns the weights too where the file holds some.
func (c *Catalogue) inspect(ctx context.Context, path string, records map[Size]record) (*Weights, File, error) {
	w, f, err := Load(ctx, path, c.opts.Reader)
	var refused *RefusedError
	if err != nil && !errors.As(err, &refused) && f.State != Missing {
		return nil, f, err
	}
	for _, r := range records {
		switch {
		case r.SHA256 == f.SHA256:
			f.State, f.ApprovedAt = Approved, r.ApprovedAt
			return w, f, nil
		case r.Original == path && f.SHA256 != "":
			f.State, f.ApprovedAt = Changed, r.ApprovedAt
			f.Error = strings.TrimSuffix(changedSince(r, f.SHA256)+"; "+f.Error, "; ")
			return w, f, nil
		}
	}
	if c.opts.Demo.has(f.SHA256) {
		f.State = Demo
	}
	return w, f, nil
}

// others describes the weights files that lie in the folder, without those the
// entries of the sizes stand for.
func (c *Catalogue) others(ctx context.Context, records map[Size]record) ([]File, error) {
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the models: %w", err)
	}
	var out []File
	for _, e := range entries {
		path := filepath.Join(c.dir, e.Name())
		listed := slices.ContainsFunc(Sizes(), func(s Size) bool { return records[s].Original == path })
		if ext := strings.ToLower(filepath.Ext(e.Name())); e.IsDir() || listed || (ext != ".h5" && ext != ".hdf5") {
			continue
		}
		if target := c.leadsOut(path, e); target != "" {
			out = append(out, File{Path: path, State: Refused, Error: "a link that leads out of this folder, to " + target + "; copy the file itself here, or name it directly"})
			continue
		}
		_, f, err := c.inspect(ctx, path, records)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// leadsOut returns where a link in the folder leads if that is outside, else "".
// A link that leads nowhere is left to be found missing.
func (c *Catalogue) leadsOut(path string, e fs.DirEntry) string {
	if e.Type()&fs.ModeSymlink == 0 {
		return ""
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	folder, err := filepath.EvalSymlinks(c.dir)
	if err != nil {
		return target
	}
	if inside, err := filepath.Rel(folder, target); err != nil || !filepath.IsLocal(inside) {
		return target
	}
	return ""
}
