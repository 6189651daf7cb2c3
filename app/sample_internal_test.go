package app

import (
	"fmt"
	"slices"
	"testing"
)

func TestSampleOfPeople(t *testing.T) {
	var names []string // 60 people with one, two or three weeks each
	for i := range 60 {
		for range 1 + i%3 {
			names = append(names, fmt.Sprint(i))
		}
	}
	if got := sampleOfPeople(names, 1000); len(got) != len(names) || got[0] != 0 || !slices.IsSorted(got) {
		t.Errorf("all weeks fit: got %d, want %d in order", len(got), len(names))
	}
	got := sampleOfPeople(names, 50)
	if len(got) != 50 || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != 50 {
		t.Fatalf("got %v, want 50 different weeks in order", got)
	}
	cut := 0
	weeks := map[string]int{}
	for _, at := range got {
		weeks[names[at]]++
	}
	for name, n := range weeks {
		var i int
		_, _ = fmt.Sscan(name, &i)
		if n != 1+i%3 {
			cut++
		}
	}
	if cut > 1 {
		t.Errorf("%d people bring some of their weeks only, want at most one", cut)
	}
	if again := sampleOfPeople(names, 50); !slices.Equal(got, again) {
		t.Error("another draw gave another sample")
	}
	if got := sampleOfPeople(slices.Repeat([]string{"one"}, 70), 50); len(got) != 50 {
		t.Errorf("one person with many weeks: got %d, want 50", len(got))
	}
}
