package prepare

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// maxScalerBytes bounds what ReadScaler unpacks. A week takes half a megabyte.
const maxScalerBytes = 64 << 20

// WriteScaler writes s as gzip-compressed JSON. The same scaler gives the same
// bytes.
func WriteScaler(w io.Writer, s Scaler) error {
	if err := s.check(); err != nil {
		return fmt.Errorf("writing the scaler %q: %w", s.Name, err)
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return fmt.Errorf("writing the scaler %q: %w", s.Name, err)
	}
	if err := json.NewEncoder(z).Encode(s); err != nil {
		return fmt.Errorf("writing the scaler %q: %w", s.Name, err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("writing the scaler %q: %w", s.Name, err)
	}
	return nil
}

// ReadScaler reads what WriteScaler writes, or the same JSON uncompressed. It
// refuses a scaler whose numbers do not give its id: such a file was damaged or
// changed by hand.
func ReadScaler(r io.Reader) (Scaler, error) {
	plain, err := decompressed(r)
	if err != nil {
		return Scaler{}, fmt.Errorf("reading a scaler: %w", err)
	}
	limited := &io.LimitedReader{R: plain, N: maxScalerBytes}
	d := json.NewDecoder(limited)
	d.DisallowUnknownFields()
	var s Scaler
	if err := d.Decode(&s); err != nil {
		if limited.N == 0 {
			err = fmt.Errorf("more than %d MB", maxScalerBytes>>20)
		}
		return Scaler{}, fmt.Errorf("reading a scaler: this is no scaler file (%w); choose a file written by this program", err)
	}
	// Reading to the end makes gzip compare its checksum.
	if _, err := io.Copy(io.Discard, limited); err != nil {
		return Scaler{}, fmt.Errorf("reading the scaler %q: the file is damaged (%w); take another copy", s.Name, err)
	}
	if err := s.check(); err != nil {
		return Scaler{}, fmt.Errorf("reading the scaler %q: %w", s.Name, err)
	}
	return s, nil
}

// decompressed unpacks gzip, known by its first two bytes, and passes on
// anything else.
func decompressed(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	magic, err := b.Peek(2)
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty or cut off; take another copy")
	}
	if err != nil {
		return nil, err
	}
	if magic[0] != 0x1f || magic[1] != 0x8b {
		return b, nil
	}
	return gzip.NewReader(b)
}

// check reports what makes a scaler unfit for use.
func (s Scaler) check() error {
	if err := s.checkShape(); err != nil {
		return err
	}
	for i := range s.Mean {
		if math.IsNaN(s.Mean[i]) || math.IsInf(s.Mean[i], 0) {
			return fmt.Errorf("the mean of minute %d is %v: want a number", i+1, s.Mean[i])
		}
		if !(s.Scale[i] > 0) || math.IsInf(s.Scale[i], 0) {
			return fmt.Errorf("the scale of minute %d is %v: want a number over 0", i+1, s.Scale[i])
		}
	}
	if want := s.fingerprint(); s.ID != want {
		return fmt.Errorf("its id is %q and its numbers give %q: the file was damaged or changed by hand; take another copy or fit the scaler again", s.ID, want)
	}
	return nil
}

func (s Scaler) checkShape() error {
	switch s.Kind {
	case PerRecording:
		if len(s.Mean) > 0 || len(s.Scale) > 0 {
			return fmt.Errorf("a %s scaler has %d means and %d scales: want none", s.Kind, len(s.Mean), len(s.Scale))
		}
		return nil
	case PerCohort:
		if len(s.Mean) == 0 || len(s.Mean) != len(s.Scale) {
			return fmt.Errorf("%d means and %d scales: want as many of each, at least one", len(s.Mean), len(s.Scale))
		}
		if s.Weeks < 2 {
			return fmt.Errorf("fitted on %d weeks: want at least 2", s.Weeks)
		}
		return s.WeekStart.Validate()
	default:
		return fmt.Errorf("%q is no kind of scaler: want %s or %s", s.Kind, PerCohort, PerRecording)
	}
}
