package models

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// StateError says why the weights of a size are not used.
type StateError struct {
	Size   Size
	State  State  // Missing, Changed or Refused
	Reason string // a sentence without a full stop
}

// Error names the size and the reason.
func (e *StateError) Error() string { return fmt.Sprintf("PAT-%s: %s", e.Size, e.Reason) }

// Approve trusts the weights file at path, provided that its SHA-256 is still
// sha256, the one the user saw. What was approved before for that size is
// replaced, and fingerprints of this content are forgotten: an approval takes them
// anew. Demo weights can't be approved: they would lose their mark.
func (c *Catalogue) Approve(ctx context.Context, path, sha256 string) (File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return File{}, fmt.Errorf("finding the weights: %w", err)
	}
	content, err := readFile(path)
	if err != nil {
		_, f, err := refused(path, nil, err)
		return f, err
	}
	if now := hash(content); !strings.EqualFold(now, sha256) {
		return File{}, fmt.Errorf("%s is not the file that was shown: its SHA-256 was %s, now it is %s; check it again before approving it", path, orNone(sha256), now)
	}
	w, f, err := parse(ctx, path, content, c.opts.Reader)
	if err != nil {
		return f, err
	}
	if c.opts.Demo.has(f.SHA256) {
		f.State = Demo
		return f, fmt.Errorf("%s holds the demo weights: they can be used as demo weights only, never be approved", path)
	}
	r, err := c.keep(w, f)
	if err != nil {
		return f, err
	}
	return r.file(Approved), nil
}

// keep stores the plain copy and then the record that points to it.
func (c *Catalogue) keep(w *Weights, f File) (record, error) {
	kept, err := encodeKept(w, f)
	if err != nil {
		return record{}, fmt.Errorf("keeping %s: %w", w.Spec.Name(), err)
	}
	r := record{
		Model: f.Model, SHA256: f.SHA256, Bytes: f.Bytes, Layout: f.Layout, Parameters: f.Parameters, HeadParameters: f.HeadParameters, Score: f.Score,
		Warning: f.Warning, Original: f.Path, ApprovedAt: c.opts.Now().UTC().Format(time.RFC3339),
		Kept: fmt.Sprintf("%s-%s.weights", w.Spec.Name(), f.SHA256[:16]), KeptSHA256: hash(kept),
	}
	return r, locked(c.lockPath(), func() error {
		before, had, err := c.record(f.Model)
		if err != nil {
			had = false // a damaged record is replaced by the new approval
		}
		if err := writeFile(c.keptPath(r), kept); err != nil {
			return err
		}
		if err := c.save(r); err != nil {
			return err
		}
		if err := c.forgetFingerprints(r.SHA256); err != nil {
			return err
		}
		if had && before.Kept != r.Kept {
			return errors.Join(removeFile(c.keptPath(before)), c.forgetFingerprints(before.SHA256))
		}
		return nil
	})
}

// Replace approves the file at path for a size that is to have other weights,
// and refuses a file of another size.
func (c *Catalogue) Replace(ctx context.Context, size Size, path, sha256 string) (File, error) {
	f, err := c.Inspect(ctx, path)
	if err != nil {
		return f, err
	}
	if f.Model != "" && f.Model != size {
		return f, fmt.Errorf("%s holds PAT-%s, not PAT-%s", path, f.Model, size)
	}
	return c.Approve(ctx, path, sha256)
}

// Remove forgets the approval of a size with its kept copy and its fingerprints.
// The user's own file stays where it is.
func (c *Catalogue) Remove(size Size) error {
	if _, err := SpecOf(size); err != nil {
		return err
	}
	return locked(c.lockPath(), func() error {
		r, had, err := c.record(size)
		if err != nil || !had { // a damaged record names no copy
			return removeFile(c.recordPath(size))
		}
		return errors.Join(removeFile(c.recordPath(size)), removeFile(c.keptPath(r)), c.forgetFingerprints(r.SHA256))
	})
}

// Recheck verifies the approved weights of a size, copy and original, and says
// how they stand.
func (c *Catalogue) Recheck(size Size) (File, error) {
	if _, err := SpecOf(size); err != nil {
		return File{}, err
	}
	records, err := c.records()
	if err != nil {
		return File{}, err
	}
	f := c.status(size, records)
	return f, c.addChecks(&f)
}

// Load returns weights of a size: with demo false the approved ones, with demo
// true the demo ones. Neither ever stands in for the other. Weights that are
// missing or have changed are a *StateError.
func (c *Catalogue) Load(ctx context.Context, size Size, demo bool) (*Weights, File, error) {
	if _, err := SpecOf(size); err != nil {
		return nil, File{}, err
	}
	if demo {
		return c.opts.Demo.load(ctx, size, c.opts.Reader)
	}
	r, ok, err := c.record(size)
	if err != nil {
		return nil, File{}, err
	}
	if !ok {
		f := c.absent(size)
		return nil, f, &StateError{size, Missing, f.Error}
	}
	w, f, err := c.verify(r)
	if errors.Is(err, fs.ErrNotExist) {
		// Another process may have replaced the weights since the record was read.
		if again, ok, readErr := c.record(size); readErr == nil && ok && again != r {
			w, f, err = c.verify(again)
		}
	}
	if err != nil {
		f.Error = err.Error()
		return nil, f, &StateError{size, f.State, f.Error}
	}
	return w, f, nil
}

// status says how the approved weights of a size stand.
func (c *Catalogue) status(size Size, records map[Size]record) File {
	r, ok := records[size]
	if !ok {
		return c.absent(size)
	}
	_, f, err := c.verify(r)
	if err != nil {
		f.Error = err.Error()
	}
	return f
}

func (c *Catalogue) absent(size Size) File {
	return File{Model: size, State: Missing, Error: fmt.Sprintf("no weights are approved: drop the authors' PAT-%s file into %s, or name it, and approve it", size, c.dir)}
}

// verify reads the kept copy of approved weights, and compares it and the
// original, where that still exists, with the record.
func (c *Catalogue) verify(r record) (*Weights, File, error) {
	original := make(chan hashed, 1)
	go func() { original <- hashFile(r.Original) }() // as long as reading the copy takes, beside it
	w, err := c.readKept(r)
	now := <-original
	f := r.file(Changed)
	switch {
	case err != nil:
		return nil, f, err
	case now.err == nil && now.sha256 != r.SHA256:
		f.SHA256, f.Bytes = now.sha256, now.bytes
		return nil, f, errors.New(changedSince(r, now.sha256))
	}
	f.State, w.State = Approved, Approved
	switch {
	case errors.Is(now.err, fs.ErrNotExist):
		f.warn("the original is gone, the copy kept at approval is used")
	case now.err != nil:
		f.warn("the original can't be read, the copy kept at approval is used")
	}
	if r.HeadParameters > 0 && w.Head == nil {
		f.warn("an earlier version of the program kept it without its head: approve it again to have its score")
	}
	return w, f, nil
}

// warn adds a warning to those there are.
func (f *File) warn(text string) {
	f.Warning = strings.TrimPrefix(f.Warning+"; "+text, "; ")
}

func changedSince(r record, now string) string {
	return fmt.Sprintf("%s changed since it was approved: its SHA-256 was %s, now it is %s; nothing uses it until you approve the new content or put the approved file back", r.Original, r.SHA256, now)
}

func orNone(s string) string {
	if s == "" {
		return "not given"
	}
	return s
}

func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing %s: %w", path, err)
	}
	return nil
}
