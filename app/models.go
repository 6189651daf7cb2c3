package app

import (
	"context"

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
// one that the user saw.
func (wb *Workbench) ApproveModel(ctx context.Context, path, sha256 string) (models.File, error) {
	f, err := wb.cfg.Catalogue.Approve(ctx, path, sha256)
	if err == nil {
		wb.notify(ModelsChanged)
	}
	return f, err
}

// Weights loads weights of a size: the demo ones where demo is set, else the
// approved ones. Neither ever stands in for the other.
func (wb *Workbench) Weights(ctx context.Context, size models.Size, demo bool) (*models.Weights, error) {
	w, _, err := wb.cfg.Catalogue.Load(ctx, size, demo)
	return w, err
}
