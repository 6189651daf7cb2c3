package app

import (
	"context"
	"iter"

	"circascope/inference"
	"circascope/models"
)

// TrustOnce reads a weights file that the user named for one piece of work, and
// says in which state it is. A file that is refused, missing, or other than the
// one approved fails.
func (wb *Workbench) TrustOnce(ctx context.Context, path string) (*models.Weights, models.File, error) {
	return wb.cfg.Catalogue.LoadFile(ctx, path)
}

// Embed runs weeks through weights without a library and says what computed.
// The results come to emit in the order of the weeks.
func (wb *Workbench) Embed(ctx context.Context, w *models.Weights, o inference.Options, weeks iter.Seq2[inference.Week, error], emit func(inference.Embedding) error) (inference.Runtime, error) {
	var rt inference.Runtime
	err := wb.engines.with(ctx, w, o, func(e inference.Engine) error {
		rt = e.Runtime()
		return e.Embed(ctx, weeks, emit)
	})
	return rt, err
}
