package store_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/measured"
	"circascope/store"
)

var (
	stability = measured.Formula{Measure: "IS", Definition: "paper", Parameters: `[["bin","60 min"]]`, Version: 1}
	hourly    = measured.Formula{Measure: "ADAT", Definition: "paper", Parameters: `[]`, Version: 2, Unit: "counts"}
)

func basisOf(r *actigraphy.Recording) measured.Basis {
	return measured.Basis{Recording: r.ID(), RecordingSHA: r.Source.SHA256, Mask: "m"}
}

// valuesOf are a number with all bits in use, and parts with and without numbers.
func valuesOf() map[string]measured.Value {
	return map[string]measured.Value{
		stability.ID(): {Value: math.Nextafter(1.0/3, 1), Note: "the first of 2"},
		hourly.ID(): {Value: math.NaN(), Reason: "too few days", Settled: `[["scoring","sadeh"]]`, Parts: []measured.Part{
			{Label: "00:00", Value: 2.0 / 3}, {Label: "01:00", Value: math.NaN(), Reason: "not worn"},
		}},
	}
}

func saveMeasures(t *testing.T, db *store.DB, values map[string]measured.Value, replace bool, list ...measured.Basis) {
	t.Helper()
	var sets []measured.Set
	for _, b := range list {
		sets = append(sets, measured.Set{Basis: b, Values: values})
	}
	if err := db.SaveMeasures(t.Context(), []measured.Formula{stability, hourly}, sets, replace); err != nil {
		t.Fatal(err)
	}
}

func storedMeasures(t *testing.T, db *store.DB, b measured.Basis, list ...measured.Formula) map[string]measured.Value {
	t.Helper()
	var ids []string
	for _, f := range list {
		ids = append(ids, f.ID())
	}
	got, err := db.Measures(t.Context(), []string{b.ID()}, ids)
	if err != nil {
		t.Fatal(err)
	}
	return got[b.ID()]
}

// sameMeasures reports values that differ in a bit; NaN is NaN.
func sameMeasures(t *testing.T, got, want map[string]measured.Value) {
	t.Helper()
	same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
	ok := len(got) == len(want)
	for id, w := range want {
		g := got[id]
		ok = ok && same(g.Value, w.Value) && g.Reason == w.Reason && g.Settled == w.Settled && g.Note == w.Note && len(g.Parts) == len(w.Parts)
		for i := range w.Parts {
			ok = ok && same(g.Parts[i].Value, w.Parts[i].Value) && g.Parts[i].Label == w.Parts[i].Label && g.Parts[i].Reason == w.Parts[i].Reason
		}
	}
	if !ok {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestMeasuresComeBack(t *testing.T) {
	db := newLibrary(t, options())
	a, b := week("A", 1), week("B", 2)
	add(t, db, a, b)
	saveMeasures(t, db, valuesOf(), false, basisOf(a), basisOf(b))
	sameMeasures(t, storedMeasures(t, db, basisOf(a), stability, hourly), valuesOf())
	sameMeasures(t, storedMeasures(t, db, basisOf(b), stability), map[string]measured.Value{stability.ID(): valuesOf()[stability.ID()]})
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestMeasuresOfOtherDataAreOthers changes every field that makes a basis or a formula.
func TestMeasuresOfOtherDataAreOthers(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	saveMeasures(t, db, valuesOf(), false, basisOf(r))
	for field := range reflect.TypeFor[measured.Basis]().NumField() {
		b := basisOf(r)
		reflect.ValueOf(&b).Elem().Field(field).SetString("other")
		if got := storedMeasures(t, db, b, stability); len(got) != 0 {
			t.Errorf("another %s: got %v, want nothing", reflect.TypeOf(b).Field(field).Name, got)
		}
	}
	for name, change := range map[string]func(*measured.Formula){
		"measure":    func(f *measured.Formula) { f.Measure = "IV" },
		"definition": func(f *measured.Formula) { f.Definition = "vendor" },
		"parameters": func(f *measured.Formula) { f.Parameters = `[["bin","30 min"]]` },
		"version":    func(f *measured.Formula) { f.Version++ },
	} {
		f := stability
		change(&f)
		if got := storedMeasures(t, db, basisOf(r), f); len(got) != 0 {
			t.Errorf("another %s: got %v, want nothing", name, got)
		}
	}
}

func TestMeasuresStayUnlessReplaced(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	saveMeasures(t, db, valuesOf(), false, basisOf(r))
	others := map[string]measured.Value{stability.ID(): {Value: 7}, hourly.ID(): {Value: 8}}
	saveMeasures(t, db, others, false, basisOf(r))
	sameMeasures(t, storedMeasures(t, db, basisOf(r), stability, hourly), valuesOf())
	saveMeasures(t, db, others, true, basisOf(r))
	sameMeasures(t, storedMeasures(t, db, basisOf(r), stability, hourly), others)
}

func TestMeasuresThatNothingMadeAreRefused(t *testing.T) {
	db := newLibrary(t, options())
	r := week("A", 1)
	add(t, db, r)
	stranger := basisOf(week("B", 2))
	other := basisOf(r)
	other.RecordingSHA = "another"
	number := map[string]measured.Value{stability.ID(): {Value: 1}}
	tests := []struct {
		name string
		set  measured.Set
		want string
	}{
		{"a recording that is not there", measured.Set{Basis: stranger, Values: number}, "not in the library"},
		{"another file", measured.Set{Basis: other, Values: number}, "SHA-256"},
		{"NaN without a reason", measured.Set{Basis: basisOf(r), Values: map[string]measured.Value{stability.ID(): {Value: math.NaN()}}}, "a reason"},
		{"a number with a reason", measured.Set{Basis: basisOf(r), Values: map[string]measured.Value{stability.ID(): {Value: 1, Reason: "x"}}}, "a reason"},
		{"infinite", measured.Set{Basis: basisOf(r), Values: map[string]measured.Value{stability.ID(): {Value: math.Inf(1)}}}, "finite"},
		{"a part without", measured.Set{Basis: basisOf(r), Values: map[string]measured.Value{stability.ID(): {Parts: []measured.Part{{Value: math.NaN()}}}}}, "a reason"},
		{"an unknown formula", measured.Set{Basis: basisOf(r), Values: map[string]measured.Value{"?": {Value: 1}}}, "formula"},
	}
	for _, tt := range tests {
		err := db.SaveMeasures(t.Context(), []measured.Formula{stability}, []measured.Set{tt.set}, false)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
	if got := storedMeasures(t, db, basisOf(r), stability); len(got) != 0 {
		t.Errorf("got %v, want nothing kept", got)
	}
}

// TestMeasuresGoWithTheirRecording looks for what is left in every table of a person.
func TestMeasuresGoWithTheirRecording(t *testing.T) {
	path := closedLibrary(t, options())
	db, err := store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	saveMeasures(t, db, valuesOf(), false, basisOf(week("SUBJECT-A", 1)))
	_, err = db.DeleteSubject(t.Context(), "SUBJECT-A")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"measures", "measure_bases", "measure_texts"} {
		if err := tryExecute(path, `INSERT INTO settings SELECT 'left', count(*) FROM `+table+` HAVING count(*) > 0`); err != nil {
			t.Fatal(err)
		}
	}
	db, err = store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	left, err := db.Setting(t.Context(), "left")
	if err := errors.Join(err, db.Close()); err != nil || left != "" {
		t.Errorf("%s rows are left, %v", left, err)
	}
}

func TestDamagedMeasuresAreNamed(t *testing.T) {
	for name, sql := range map[string]string{
		"a flipped byte": `UPDATE measures SET parts = CAST(x'00' || substr(parts, 2) AS BLOB) WHERE parts IS NOT NULL`,
		"a part gone":    `UPDATE measure_texts SET text = '["00:00"]' WHERE text LIKE '%01:00%'`,
		"no reason":      `UPDATE measure_texts SET text = '' WHERE text = 'too few days'`,
	} {
		path := closedLibrary(t, options())
		db, err := store.Open(t.Context(), path, options())
		if err != nil {
			t.Fatal(err)
		}
		r := week("SUBJECT-A", 1)
		saveMeasures(t, db, valuesOf(), false, basisOf(r))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, path, sql)
		if db, err = store.Open(t.Context(), path, options()); err != nil {
			t.Fatal(err)
		}
		_, err = db.Measures(t.Context(), []string{basisOf(r).ID()}, []string{hourly.ID()})
		if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "ADAT (paper)") || !strings.Contains(err.Error(), "SUBJECT-A") {
			t.Errorf("%s: got %v", name, err)
		}
		if err := db.Check(t.Context()); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: the check found %v", name, err)
		}
		saveMeasures(t, db, valuesOf(), true, basisOf(r))
		sameMeasures(t, storedMeasures(t, db, basisOf(r), hourly), map[string]measured.Value{hourly.ID(): valuesOf()[hourly.ID()]})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
