package app

import (
	"context"
	"errors"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/measured"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/protocol"
	"circascope/actigraphy/wear"
	"circascope/actigraphy/zone"
)

// FileMeasures says how recordings of files are measured, which are in no library.
type FileMeasures struct {
	Measures []metrics.Metric
	Read     format.Options
	Place    zone.Place         // the wall clock of the recordings; empty: as the files have it
	Protocol *protocol.Protocol // what it says of non-wear and valid days holds; nil: every epoch counts
}

// MeasuredFile is the measures of one recording of a file, or Err why the file gave
// none.
type MeasuredFile struct {
	Path string
	Measured
}

// MeasureFiles reads files, as many at a time as there are cores, and gives the measures of
// their recordings to emit, in the order of the files. Nothing is stored.
func (wb *Workbench) MeasureFiles(ctx context.Context, paths []string, o FileMeasures, progress Progress, emit func(MeasuredFile) error) error {
	if o.Protocol != nil && o.Protocol.Rest == protocol.RestByDiary {
		return errors.New("the protocol takes rest from sleep diaries, which only a library has: import the files and the diaries first")
	}
	files, missing := findFiles(paths)
	for _, gone := range missing {
		if err := emit(MeasuredFile{gone.Path, Measured{Err: errors.New(gone.Error)}}); err != nil {
			return err
		}
	}
	book, err := bookOf(o.Place)
	if err != nil {
		return err
	}
	progress = both(progress)
	done := int64(0)
	return parallelInOrder(ctx, len(files),
		func(ctx context.Context, i int) ([]MeasuredFile, error) {
			var list []MeasuredFile
			err := format.Read(ctx, wb.cfg.Readers, files[i], o.Read, nil, func(r *actigraphy.Recording) error {
				list = append(list, MeasuredFile{files[i], o.measure(r, book)})
				return nil
			})
			switch {
			case ctx.Err() != nil:
				return nil, ctx.Err()
			case errors.Is(err, format.ErrCompanion) && len(files) > 1: // the recordings beside it took it up
			case err != nil:
				list = append(list, MeasuredFile{files[i], Measured{Err: err}})
			}
			return list, nil
		},
		func(list []MeasuredFile) error {
			for _, m := range list {
				if err := emit(m); err != nil {
					return err
				}
			}
			done++
			progress(done, int64(len(files)), "")
			return nil
		})
}

// bookOf returns the book in which a place holds for every recording.
func bookOf(p zone.Place) (*zone.Book, error) {
	if p.Zone == "" {
		return zone.NewBook(nil)
	}
	return zone.NewBook([]zone.Assignment{{Scope: zone.Study, Place: p}})
}

// measure measures one recording.
func (o FileMeasures) measure(r *actigraphy.Recording, book *zone.Book) Measured {
	p, err := asNamed(r.ID(), r, book)
	info := actigraphy.Describe(r)
	from := measured.Basis{Recording: info.ID, RecordingSHA: info.Source.SHA256}
	if err != nil {
		return unreadable(info, from, o.Measures, err)
	}
	from.Zone = placeText(p.place)
	info = actigraphy.Describe(p.Recording)
	if o.Protocol == nil {
		return Measured{Info: info, Basis: from, Values: metrics.ComputeAll(metrics.Input{Recording: p.Recording}, o.Measures)}
	}
	mask, err := o.mask(p.Recording)
	if err != nil {
		return unreadable(info, from, o.Measures, err)
	}
	s := mask.Summarise(p.Recording)
	info.Mask, info.WornDays, from.Mask = s.Mask, s.Days, s.Mask
	measures := o.Measures
	if s.Mask != "" {
		measures = metrics.UnderMask(measures)
	}
	m := Measured{Info: info, Basis: from, Values: metrics.ComputeAll(metrics.Input{Recording: mask.Apply(p.Recording)}, measures)}
	return wantedDays{o.Protocol.Wanted, o.Protocol.ValidDay}.of(m)
}

// mask looks for non-wear as the protocol says.
func (o FileMeasures) mask(r *actigraphy.Recording) (wear.Mask, error) {
	if o.Protocol.Wear.Method == "" {
		return wear.Combine(nil, o.Protocol.ValidDay), nil
	}
	method, err := wear.Find(o.Protocol.Wear.Method)
	if err != nil {
		return wear.Mask{}, err
	}
	list, err := method.Detect(r, o.Protocol.Wear.Values)
	if err != nil {
		return wear.Mask{}, fmt.Errorf("the protocol's non-wear: %w", err)
	}
	layer := wear.Layer{Kind: wear.ByMethod, Name: method.Name, Method: method.ID, Parameters: o.Protocol.Wear.Values}
	layer.Revision = wear.Revision{On: true, Act: wear.Created, Intervals: list}
	return wear.Combine([]wear.Layer{layer}, o.Protocol.ValidDay), nil
}
