package latency

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"circascope/models"
)

// formatVersion is that of the encoding below.
const formatVersion = 1

// NewerError says that a log was written by a newer version of the program.
type NewerError struct{ Version int }

func (e *NewerError) Error() string {
	return fmt.Sprintf("it was written by a newer version of the program (format %d, this one knows %d)", e.Version, formatVersion)
}

// encodedLog is a Log as JSON.
type encodedLog struct {
	Version     int             `json:"version"`
	Since       time.Time       `json:"since"`
	MeanAboveMS float64         `json:"mean_above_ms,omitempty"` // of alerts; none is the default
	Records     []encodedRecord `json:"records"`
}

// encodedRecord is a Record as JSON. Times holds pairs: a time in microseconds,
// ascending, and how many embeddings took it.
type encodedRecord struct {
	Key
	Count    int64      `json:"count"`
	Errors   int64      `json:"errors"`
	TotalNS  int64      `json:"total_ns"`
	Last     time.Time  `json:"last"`
	Times    [][2]int64 `json:"times_us"`
	Attempts []attempt  `json:"last_attempts_us"` // oldest first, -1 is a failure
}

// MarshalJSON encodes the log, whole.
func (l Log) MarshalJSON() ([]byte, error) {
	out := encodedLog{Version: formatVersion, Since: l.Since, MeanAboveMS: 1000 * l.MeanAbove.Seconds(), Records: []encodedRecord{}}
	for _, k := range l.Keys() {
		out.Records = append(out.Records, l.records[k].encode(k))
	}
	return json.Marshal(out)
}

func (r *Record) encode(k Key) encodedRecord {
	r.trim()
	out := encodedRecord{Key: k, Count: r.Count(), Errors: r.errors, TotalNS: int64(r.total), Last: r.last, Attempts: r.attempts}
	if r.times == nil {
		return out
	}
	for _, b := range r.times.Distribution() {
		if b.Count > 0 {
			out.Times = append(out.Times, [2]int64{b.From, b.Count})
		}
	}
	return out
}

// UnmarshalJSON decodes a log and checks that it is one. That of a newer version
// gives a *NewerError.
func (l *Log) UnmarshalJSON(text []byte) error {
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return err
	}
	switch {
	case version.Version > formatVersion:
		return &NewerError{version.Version}
	case version.Version < 1:
		return fmt.Errorf("it has format %d, which never was", version.Version)
	}
	var in encodedLog
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.MeanAboveMS < 0 || in.MeanAboveMS > 1e9 {
		return fmt.Errorf("its limit on the mean is %g ms", in.MeanAboveMS)
	}
	out := Log{Since: in.Since, MeanAbove: time.Duration(in.MeanAboveMS * float64(time.Millisecond)), records: map[Key]*Record{}}
	for _, e := range in.Records {
		r, err := e.decode()
		if err != nil {
			return fmt.Errorf("%s: %w", e.Key, err)
		}
		if _, twice := out.records[e.Key]; twice {
			return fmt.Errorf("%s stands there twice", e.Key)
		}
		out.records[e.Key] = r
	}
	*l = out
	return nil
}

func (e encodedRecord) decode() (*Record, error) {
	if _, err := models.SpecOf(e.Model); err != nil {
		return nil, err
	}
	if e.Errors < 0 || e.TotalNS < 0 {
		return nil, errors.New("counts and times can't be less than nothing")
	}
	r := &Record{errors: e.Errors, total: time.Duration(e.TotalNS), last: e.Last}
	before := int64(-1)
	for _, t := range e.Times {
		us, n := t[0], t[1]
		if us <= before || n < 1 {
			return nil, fmt.Errorf("%d embeddings of %d microseconds, after those of %d", n, us, before)
		}
		if err := r.histogram().RecordValues(us, n); err != nil {
			return nil, err
		}
		before = us
	}
	if r.Count() != e.Count {
		return nil, fmt.Errorf("the times are of %d embeddings, want %d", r.Count(), e.Count)
	}
	if err := e.checkAttempts(); err != nil {
		return nil, err
	}
	r.attempts = e.Attempts
	r.trim()
	return r, nil
}

// checkAttempts: there can't be more of the last attempts than of all.
func (e encodedRecord) checkAttempts() error {
	var worked, wrong int64
	for _, a := range e.Attempts {
		switch {
		case a == failed:
			wrong++
		case a >= 0 && int64(a) <= longest.Microseconds():
			worked++
		default:
			return fmt.Errorf("one of the last embeddings took %d microseconds", a)
		}
	}
	if worked > e.Count || wrong > e.Errors || len(e.Attempts) > 2*RecentCount {
		return fmt.Errorf("the last attempts are %d and %d failed ones, of %d and %d in all", worked, wrong, e.Count, e.Errors)
	}
	return nil
}
