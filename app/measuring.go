package app

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync/atomic"

	"circascope/actigraphy"
	"circascope/actigraphy/measured"
	"circascope/actigraphy/metrics"
)

// Measured is the measures of one recording.
type Measured struct {
	actigraphy.Info
	Basis  measured.Basis // what was measured
	Values []metrics.Value
	Err    error // why the recording could not be read; every value has it as its reason
}

// MeasureOptions choose what is measured.
type MeasureOptions struct {
	Recordings Selection
	Measures   []metrics.Metric
	Again      bool // compute what is stored too, and put it in its place
}

// Measures computes all measures of a definition, "" for the usual one, as the study
// has them; see MeasuresOf.
func (wb *Workbench) Measures(ctx context.Context, of Selection, d metrics.Definition, progress Progress) ([]Measured, error) {
	study, err := wb.Study(ctx)
	if err != nil {
		return nil, err
	}
	return wb.MeasuresOf(ctx, of, study.Metrics(d), progress)
}

// MeasuresOf returns measures of recordings, in the order of the library. See
// Measure.
func (wb *Workbench) MeasuresOf(ctx context.Context, of Selection, measures []metrics.Metric, progress Progress) ([]Measured, error) {
	var list []Measured
	err := wb.Measure(ctx, MeasureOptions{Recordings: of, Measures: measures}, progress, func(m Measured) error {
		list = append(list, m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Measure gives the measures of recordings to emit, one recording after the other in
// the order of the library. What was not worn is missing, and so are days that are
// not valid. What the study's protocol says of the data holds: where rest is from, and how
// many valid days a recording must have. Values that are stored are read; only others are computed, on all cores,
// and then stored, unless the library is open for reading only. A cancelled context
// keeps what is done. Several recordings are a job.
func (wb *Workbench) Measure(ctx context.Context, o MeasureOptions, progress Progress, emit func(Measured) error) error {
	x, err := wb.newMeasuring(ctx, o)
	if err != nil {
		return err
	}
	n := len(x.infos)
	if n == 1 {
		return x.all(ctx, both(progress), emit)
	}
	return wb.jobs.Do(ctx, fmt.Sprintf("Measure %d recordings", n), func(ctx context.Context, job Progress) (string, error) {
		err := x.all(ctx, both(job, progress), emit)
		return fmt.Sprintf("%d of %d recordings, %d computed", x.done.Load(), n, x.computed.Load()), err
	})
}

// newMeasuring prepares a pass over recordings.
func (wb *Workbench) newMeasuring(ctx context.Context, o MeasureOptions) (*measuring, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	infos, err := chosen(ctx, lib, o.Recordings)
	if err != nil {
		return nil, err
	}
	study, err := studyOf(ctx, lib)
	if err != nil {
		return nil, err
	}
	now, err := basesOf(ctx, lib, study.Protocol.Rest)
	if err != nil {
		return nil, err
	}
	return &measuring{
		lib: lib, again: o.Again, infos: infos, now: now, wanted: study.wanted(),
		plain: newFormulas(o.Measures), masked: newFormulas(metrics.UnderMask(o.Measures)),
	}, nil
}

// measuring is one pass over recordings.
type measuring struct {
	lib           Library
	again         bool
	infos         []actigraphy.Info
	now           bases
	wanted        wantedDays
	plain, masked formulas // without a mask and under one

	done, computed atomic.Int64 // recordings
}

// batch is how many recordings are read and stored together at most: few enough that
// little is lost when the program is killed, many enough that the disk is not waited for
// at each.
const batch = 16

func (x *measuring) all(ctx context.Context, progress Progress, emit func(Measured) error) error {
	n := len(x.infos)
	size := max(1, min(batch, n/(4*runtime.GOMAXPROCS(0))))
	progress(0, int64(n), "")
	return parallelInOrder(ctx, (n+size-1)/size,
		func(ctx context.Context, i int) ([]Measured, error) {
			list, err := x.some(ctx, x.infos[i*size:min(n, (i+1)*size)])
			progress(x.done.Add(int64(len(list))), int64(n), x.infos[i*size].Subject)
			return list, err
		},
		func(list []Measured) error {
			for _, m := range list {
				if err := emit(m); err != nil {
					return err
				}
			}
			return nil
		})
}

// some measures a few recordings and stores what is new.
func (x *measuring) some(ctx context.Context, infos []actigraphy.Info) ([]Measured, error) {
	known, err := x.known(ctx, infos)
	if err != nil {
		return nil, err
	}
	var list []Measured
	var fresh []measured.Set
	for _, info := range infos {
		if err = ctx.Err(); err != nil {
			break
		}
		m, computed, problem := x.one(ctx, info, known)
		if err = problem; err != nil {
			break
		}
		list = append(list, m)
		if len(computed.Values) > 0 {
			fresh = append(fresh, computed)
		}
	}
	if keep := x.keep(ctx, fresh); err == nil {
		err = keep
	}
	return list, err
}

// known reads the values that are stored.
func (x *measuring) known(ctx context.Context, infos []actigraphy.Info) (map[string]map[string]measured.Value, error) {
	if x.again {
		return nil, nil //nolint:nilnil // as if nothing were stored
	}
	ids := make([]string, len(infos))
	for i, info := range infos {
		b, err := x.now.of(ctx, info.ID)
		if err != nil {
			return nil, err
		}
		ids[i] = b.ID()
	}
	wanted := append(append([]string{}, x.plain.ids...), x.masked.ids...)
	return x.lib.Measures(ctx, ids, wanted)
}

// one returns the measures of a recording, and those that had to be computed. The
// error is one of ctx, or of what is stored.
func (x *measuring) one(ctx context.Context, info actigraphy.Info, known map[string]map[string]measured.Value) (Measured, measured.Set, error) {
	now, err := x.now.of(ctx, info.ID)
	if err != nil {
		return Measured{}, measured.Set{}, err
	}
	m, missing, err := x.stored(info, now, known[now.ID()])
	if err != nil || len(missing) == 0 {
		return x.wanted.of(m), measured.Set{}, err
	}
	in, read, err := x.now.measurable(ctx, x.lib, info)
	if ctx.Err() != nil {
		return m, measured.Set{}, ctx.Err()
	}
	if err != nil {
		return unreadable(info, now, x.under(now.Mask).measures, err), measured.Set{}, nil
	}
	if read != now { // changed since the pass began
		if info, err = infoOf(ctx, x.lib, info.ID); err == nil {
			m, missing, err = x.stored(info, read, nil)
		}
	}
	if err != nil {
		return m, measured.Set{}, err
	}
	x.computed.Add(1)
	set := x.compute(in, &m, missing)
	return x.wanted.of(m), set, nil
}

// under returns the formulas under a mask, "" for none.
func (x *measuring) under(mask string) formulas {
	if mask == "" {
		return x.plain
	}
	return x.masked
}

// stored returns what is stored of a recording, and the numbers of the measures of
// which nothing is.
func (x *measuring) stored(info actigraphy.Info, b measured.Basis, known map[string]measured.Value) (m Measured, missing []int, err error) {
	f := x.under(b.Mask)
	m = Measured{Info: info, Basis: b, Values: make([]metrics.Value, len(f.measures))}
	for i, id := range f.ids {
		v, there := known[id]
		if !there {
			missing = append(missing, i)
			continue
		}
		if m.Values[i], err = asGiven(f.measures[i], v); err != nil {
			return m, nil, err
		}
	}
	return m, missing, nil
}

// compute fills in the measures of which nothing is stored, and returns them for
// the store.
func (x *measuring) compute(in metrics.Input, m *Measured, missing []int) measured.Set {
	f := x.under(m.Basis.Mask)
	measures := make([]metrics.Metric, len(missing))
	for k, i := range missing {
		measures[k] = f.measures[i]
	}
	set := measured.Set{Basis: m.Basis, Values: make(map[string]measured.Value, len(missing))}
	for k, v := range metrics.ComputeAll(in, measures) {
		m.Values[missing[k]] = v
		set.Values[f.ids[missing[k]]] = toKeep(measures[k], v)
	}
	return set
}

// keep stores what was computed, also after a cancel: it is done.
func (x *measuring) keep(ctx context.Context, fresh []measured.Set) error {
	if len(fresh) == 0 || x.lib.ReadOnly() != "" {
		return nil
	}
	all := append(append([]measured.Formula{}, x.plain.list...), x.masked.list...)
	return x.lib.SaveMeasures(context.WithoutCancel(ctx), all, fresh, x.again)
}

// unreadable is the measures of a recording that can't be read: none has a value.
func unreadable(info actigraphy.Info, b measured.Basis, measures []metrics.Metric, err error) Measured {
	m := Measured{Info: info, Basis: b, Err: err, Values: make([]metrics.Value, len(measures))}
	for i, metric := range measures {
		m.Values[i] = metrics.Value{Metric: metric, Value: math.NaN(), Reason: err.Error()}
	}
	return m
}
