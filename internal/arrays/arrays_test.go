package arrays_test

import (
	"math"
	"reflect"
	"testing"

	"circascope/internal/arrays"
)

func sample() *arrays.File {
	return &arrays.File{
		SourceSHA256: "ab", SourceBytes: 12,
		Labels: map[string]string{"/g": "dense"},
		Arrays: []arrays.Array{
			{Name: "/a", Shape: []int{2, 3}, Type: "float32", Values: []float32{1, -2, 3.5, 0, math.MaxFloat32, 1e-40}},
			{Name: "/text", Shape: []int{4}, Type: "string", Problem: "it holds text"},
			{Name: "/scalar", Shape: nil, Type: "float64", Values: []float32{7}},
			{Name: "/none", Shape: []int{0}, Type: "float32", Values: []float32{}},
		},
	}
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	b, err := arrays.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := arrays.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	b, err := arrays.Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		b[i] ^= 0x10
		if _, err := arrays.Decode(b); err == nil {
			t.Errorf("byte %d changed and nothing said so", i)
		}
		b[i] ^= 0x10
	}
	for n := range b {
		if _, err := arrays.Decode(b[:n]); err == nil {
			t.Errorf("cut to %d bytes and nothing said so", n)
		}
	}
	if _, err := arrays.Decode(append(b, 0)); err == nil {
		t.Error("a byte was added and nothing said so")
	}
}

func TestEncodeRefusesShapeThatDoesNotFit(t *testing.T) {
	f := &arrays.File{Arrays: []arrays.Array{{Name: "/a", Shape: []int{3}, Values: []float32{1}}}}
	if _, err := arrays.Encode(f); err == nil {
		t.Error("three values were promised, one given, and nothing said so")
	}
}
