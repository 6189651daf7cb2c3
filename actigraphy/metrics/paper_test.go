package metrics_test

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/internal/reference"
	"circascope/internal/reference/pyact"
)

// textbook holds IS and IV by the published formula on hourly sums of raw
// activity, from an independent calculation in NumPy.
type textbook struct {
	Clock    isIV            `json:"clock_hours"`
	Complete json.RawMessage `json:"clock_hours_complete_days"` // a text where there are fewer than 2
}

type isIV struct{ IS, IV float64 }

// The independent calculation keeps the part of an hour at either end, which
// Paper leaves out, so it is compared where the hours are whole: on recordings
// that begin and end at one, and on the complete days of all.
func TestPaperStabilityAsTextbook(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	whole, complete := 0, 0
	for _, s := range series {
		k := pyact.ReadKnown(t, dir, s.values)
		if k.Recording.NaN > 0 || !s.whole() {
			continue
		}
		r, _ := s.read(t, dir)
		var want textbook
		if err := json.Unmarshal(k.Metrics["IS_IV_textbook_raw_1H"].Value, &want); err != nil {
			t.Fatal(err)
		}
		if r.Start.SinceMidnight()%time.Hour == 0 && r.End().SinceMidnight()%time.Hour == 0 {
			whole++
			checkIsIV(t, s.values, r, want.Clock)
		}
		var days isIV
		if json.Unmarshal(want.Complete, &days) == nil {
			complete++
			checkIsIV(t, s.values+", complete days", completeDays(r), days)
		}
	}
	if whole == 0 || complete == 0 {
		t.Errorf("compared %d recordings of whole hours and %d of complete days, want some of each", whole, complete)
	}
	t.Logf("compared %d recordings of whole hours and %d of complete days", whole, complete)
}

func checkIsIV(t *testing.T, name string, r *actigraphy.Recording, want isIV) {
	t.Helper()
	is := binned(metrics.Paper, "IS", time.Hour, raw).Compute(metrics.Input{Recording: r})
	iv := binned(metrics.Paper, "IV", time.Hour, raw).Compute(metrics.Input{Recording: r})
	if is.Reason != "" || iv.Reason != "" || math.Abs(is.Value-want.IS) > 1e-9 || math.Abs(iv.Value-want.IV) > 1e-9 {
		t.Errorf("%s: got IS %v (%s), IV %v (%s); want %v, %v", name, is.Value, is.Reason, iv.Value, iv.Reason, want.IS, want.IV)
	}
}

// completeDays returns the whole calendar days of r.
func completeDays(r *actigraphy.Recording) *actigraphy.Recording {
	const day = 24 * time.Hour
	cut := *r
	toMidnight := int((day - r.Start.SinceMidnight()) % day / r.Epoch)
	days := (len(r.Activity) - toMidnight) / int(day/r.Epoch)
	cut.Start = r.Start.Add(time.Duration(toMidnight) * r.Epoch)
	cut.Activity = r.Activity[toMidnight:][:days*int(day/r.Epoch)]
	return &cut
}

// Without missing epochs the extremes of the average day are the same in both
// definitions, up to the onset among equal windows.
func TestPaperExtremesAsPyActigraphy(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	compared := 0
	for _, s := range series {
		k := pyact.ReadKnown(t, dir, s.values)
		if !s.whole() || k.Recording.NaN > 0 || k.Recording.Epochs < 1440 {
			continue
		}
		r, _ := s.read(t, dir)
		compared++
		for id, m := range map[string]metrics.Metric{
			"L5_raw":  lookup(metrics.Paper, "L5", "threshold", raw),
			"M10_raw": lookup(metrics.Paper, "M10", "threshold", raw),
			"RA_raw":  lookup(metrics.Paper, "RA", "threshold", raw),
		} {
			want, _ := number(t, k.Metrics[id].Value)
			if got := m.Compute(metrics.Input{Recording: r}); math.Abs(got.Value-want) > 1e-9*want {
				t.Errorf("%s: got %s %v (%s), want %v", s.values, id, got.Value, got.Reason, want)
			}
		}
	}
	if compared == 0 {
		t.Error("no recording was compared")
	}
}

// A missing hour is left out and not taken for rest: days that are alike stay so.
func TestPaperLeavesMissingHoursOut(t *testing.T) {
	r := repeated(naive(2020, 1, 1, 0), time.Minute, 5, func(h float64) float64 { return 1 + math.Sin(2*math.Pi*h/24) })
	with := func(v float64) float64 {
		gap := *r
		gap.Activity = slices.Clone(r.Activity)
		for i := range 90 {
			gap.Activity[1440+6*60+i] = v
		}
		return value(t, binned(metrics.Paper, "IS", time.Hour, raw), &gap)
	}
	missing, rest := with(math.NaN()), with(0)
	if math.Abs(missing-1) > 0.02 || rest > 0.95 {
		t.Errorf("got IS %v with 90 minutes missing and %v with rest there; want about 1 and less than 0.95", missing, rest)
	}
}
