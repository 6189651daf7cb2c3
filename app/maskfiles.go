package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"circascope/actigraphy/wear"
)

// ImportMask reads a mask file of pyActigraphy and adds it to a recording as a
// layer that is on. The same file twice is an error.
func (wb *Workbench) ImportMask(ctx context.Context, path, recording string, by By) error {
	lib, r, layers, err := wb.layered(ctx, recording)
	if err != nil {
		return err
	}
	rows, sum, err := readMaskFile(path)
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

func readMaskFile(path string) (rows []wear.FileMask, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := newHash()
	from := io.TeeReader(f, h)
	rows, err = wear.ReadMaskFile(from, path)
	if err == nil {
		_, err = io.Copy(io.Discard, from) // what the CSV reader left
	}
	return rows, h.hex(), err
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
