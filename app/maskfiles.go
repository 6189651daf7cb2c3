package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"circascope/actigraphy/format"
	"circascope/actigraphy/wear"
)

// ImportMask reads a mask file of pyActigraphy, a CSV, ODS or XLSX, and adds it to a recording as a
// layer that is on. The same file twice is an error.
func (wb *Workbench) ImportMask(ctx context.Context, path, recording string, by By) error {
	lib, r, layers, err := wb.layered(ctx, recording)
	if err != nil {
		return err
	}
	rows, sum, err := wb.readMaskFile(ctx, path)
	if err != nil {
		return err
	}
	for _, l := range layers {
		if l.Source == sum {
			return fmt.Errorf("%s is a layer of the recording of %s already", path, r.Subject)
		}
	}
	list, err := wear.Place(rows, r, path)
	if err != nil {
		return err
	}
	l := wear.Layer{Kind: wear.FromFile, Name: filepath.Base(path), Source: sum}
	l.Revision = wb.revision(by, wear.Created, true, list)
	return wb.change(ctx, lib, r, l)
}

func (wb *Workbench) readMaskFile(ctx context.Context, path string) (masks []wear.FileMask, sum string, err error) {
	in, err := format.Open(path)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := in.Hash(ctx); err != nil {
		return nil, "", err
	}
	table, err := wb.cfg.Sheets.Read(ctx, in)
	if err != nil {
		return nil, "", err
	}
	rows := make([]wear.MaskRow, len(table.Rows))
	for i, row := range table.Rows {
		rows[i] = wear.MaskRow(row)
	}
	masks, err = wear.ReadMask(rows, path)
	return masks, in.SHA256, err
}

// ExportMask writes what is not worn of a recording, as its layers say together,
// as a mask file that pyActigraphy reads, and its provenance beside it.
func (wb *Workbench) ExportMask(ctx context.Context, path, recording string) ([]string, error) {
	_, r, _, err := wb.layered(ctx, recording)
	if err != nil {
		return nil, err
	}
	w, err := wb.Wear(ctx, r)
	if err != nil {
		return nil, err
	}
	if !w.Mask.Judged() {
		return nil, fmt.Errorf("the recording of %s has no layer that is on, so there is no mask to write", r.Subject)
	}
	src := Sources{What: "mask", Details: map[string]any{"recording": w.Recording, "layers": w.Layers, "mask": w.Mask.ID}}
	return wb.export(ctx, path, nil, src, func(to io.Writer) error {
		return wear.WriteMaskFile(to, w.Mask.NotWorn, r, "circascope mask "+w.Mask.ID)
	})
}
