package app

import (
	"context"
	"fmt"

	"circascope/inference"
	"circascope/models"
)

// Models lists the weights files of the catalogue: one entry a size, also where
// there is no file, then the others.
func (wb *Workbench) Models(ctx context.Context) ([]models.File, error) {
	return wb.cfg.Catalogue.List(ctx)
}

// ModelsDir is the folder where weights files are kept and dropped.
func (wb *Workbench) ModelsDir() string { return wb.cfg.Catalogue.Dir() }

// CheckModel reads a weights file anywhere on disk and says what it is and how
// far it is trusted. It changes nothing.
func (wb *Workbench) CheckModel(ctx context.Context, path string) (models.File, error) {
	return wb.cfg.Catalogue.Inspect(ctx, path)
}

// ApproveModel trusts the file at path, provided that its SHA-256 is still the
// one that the user saw, and takes its fingerprint. Where that fails the file is
// approved all the same; the fingerprint is then taken at the first use.
func (wb *Workbench) ApproveModel(ctx context.Context, path, sha256 string) (models.File, error) {
	f, err := wb.cfg.Catalogue.Approve(ctx, path, sha256)
	if err != nil {
		return f, err
	}
	defer wb.notify(ModelsChanged)
	w, _, err := wb.cfg.Catalogue.Load(ctx, f.Model, false)
	if err != nil {
		return f, err
	}
	err = wb.engines.checking(ctx, w, checkOptions, func(e inference.Engine) error {
		check, err := wb.checker.Take(ctx, e, w, "approval")
		f.Checks = []models.Check{check}
		return err
	})
	if err != nil {
		return f, fmt.Errorf("%s is approved, but its fingerprint could not be taken: %w", path, err)
	}
	return f, nil
}

// RemoveModel forgets the approval of a size's weights, with the copy and the
// fingerprints that were kept. The user's own file, and results made with it, stay.
func (wb *Workbench) RemoveModel(ctx context.Context, size models.Size) (models.File, error) {
	f, err := wb.cfg.Catalogue.Recheck(size)
	if err != nil {
		return f, err
	}
	if f.State == models.Missing {
		return f, &models.StateError{Size: size, State: f.State, Reason: "no weights are approved, so there is nothing to remove; list the models to see what is"}
	}
	if err := ctx.Err(); err != nil {
		return f, err
	}
	defer wb.notify(ModelsChanged)
	return f, wb.cfg.Catalogue.Remove(size)
}

// Weights loads weights of a size: the demo ones where demo is set, else the
// approved ones. Neither ever stands in for the other.
func (wb *Workbench) Weights(ctx context.Context, size models.Size, demo bool) (*models.Weights, error) {
	w, _, err := wb.cfg.Catalogue.Load(ctx, size, demo)
	return w, err
}
