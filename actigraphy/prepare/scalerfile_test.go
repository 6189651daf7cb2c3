package prepare_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"circascope/actigraphy/prepare"
)

func written(t *testing.T, s prepare.Scaler) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := prepare.WriteScaler(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestScalerFileRoundTrip(t *testing.T) {
	fitted := fit(t, cohort([]float64{1, 0.1}, []float64{3, 1e-300}, []float64{5, 1.0 / 3}))
	fitted.FittedAt = "2026-01-02T03:04:05Z"
	for _, want := range []prepare.Scaler{fitted, prepare.RecordingScaler()} {
		data := written(t, want)
		if !bytes.Equal(data, written(t, want)) {
			t.Errorf("%s: two writings differ", want.Kind)
		}
		got, err := prepare.ReadScaler(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		plain, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err = prepare.ReadScaler(bytes.NewReader(plain)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("uncompressed: got %+v, %v; want %+v", got, err, want)
		}
	}
}

func TestReadScalerRefuses(t *testing.T) {
	s := fit(t, cohort([]float64{1, 2}, []float64{3, 5}))
	changed := func(change func(*prepare.Scaler)) []byte {
		c := s
		c.Mean, c.Scale = append([]float64(nil), s.Mean...), append([]float64(nil), s.Scale...)
		change(&c)
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	whole := written(t, s)
	flipped := append([]byte(nil), whole...)
	flipped[len(flipped)-6] ^= 1 // in gzip's checksum
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "empty or cut off"},
		{"text", []byte("mean,scale\n1,2\n"), "no scaler file"},
		{"other JSON", []byte(`{"weights": []}`), "unknown field"},
		{"truncated", whole[:len(whole)/2], "no scaler file"},
		{"damaged", flipped, "damaged"},
		{"mean changed", changed(func(s *prepare.Scaler) { s.Mean[0]++ }), "changed by hand"},
		{"week start changed", changed(func(s *prepare.Scaler) { s.WeekStart = "monday" }), "changed by hand"},
		{"zero scale", changed(func(s *prepare.Scaler) { s.Scale[1] = 0 }), "scale of minute 2 is 0"},
		{"lengths differ", changed(func(s *prepare.Scaler) { s.Mean = s.Mean[:1] }), "1 means and 2 scales"},
		{"one week", changed(func(s *prepare.Scaler) { s.Weeks = 1 }), "at least 2"},
		{"no kind", changed(func(s *prepare.Scaler) { s.Kind = "robust" }), "no kind of scaler"},
		{"numbers on per-recording", changed(func(s *prepare.Scaler) { s.Kind = prepare.PerRecording }), "want none"},
	} {
		_, err := prepare.ReadScaler(bytes.NewReader(test.data))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got error %v, want one with %q", test.name, err, test.want)
		}
	}
	s.Scale[0] = 0
	if err := prepare.WriteScaler(&bytes.Buffer{}, s); err == nil {
		t.Error("a scaler with a zero scale was written")
	}
}

func FuzzReadScaler(f *testing.F) {
	s, err := prepare.FitCohort("seed", "monday", "counts", prepare.Each([]prepare.Week{
		{WeekStart: "monday", Values: []float64{1, 2}}, {WeekStart: "monday", Values: []float64{3, 5}},
	}))
	if err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	if err := prepare.WriteScaler(&b, s); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	plain, err := json.Marshal(s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := prepare.ReadScaler(bytes.NewReader(data))
		if err != nil {
			return
		}
		again, err := prepare.ReadScaler(bytes.NewReader(written(t, s)))
		if err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("a scaler that was read came back as %+v, %v; want %+v", again, err, s)
		}
	})
}
