package models

import (
	"strings"
	"testing"

	"circascope/internal/arrays"
)

// withHead returns the datasets of a head in the fine-tuned layout.
func withHead(change func(contents)) contents {
	c := contents{}
	l := layouts()[2]
	for _, p := range headParts(new(Head)) {
		c[l.path(p)] = arrays.Array{Name: l.path(p), Shape: p.shape, Type: "float32"}
	}
	change(c)
	return c
}

func TestHeadsOfAFile(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(contents)
		head   bool
		want   string // in the warning
	}{
		{"whole", func(contents) {}, true, ""},
		{"none", func(c contents) { clear(c) }, false, ""},
		{"three classes", func(c contents) {
			c["/output/output/kernel:0"] = arrays.Array{Shape: []int{HeadHiddenDim, 3}}
		}, false, "output/output/kernel has shape (128, 3), a head of PAT (128, 1)"},
		{"without its output", func(c contents) { delete(c, "/output/output/bias:0") }, false, "only a part of its head"},
	} {
		head, warning := withHead(tc.change).head(layouts()[2])
		if (head != nil) != tc.head || !strings.Contains(warning, tc.want) || (warning == "") != (tc.want == "") {
			t.Errorf("%s: got a head %v and the warning %q", tc.name, head != nil, warning)
		}
	}
}

func TestScoresAreNamedAsTheirFiles(t *testing.T) {
	for path, want := range map[string]string{
		"/models/PAT-S_depression.h5": "PAT-S_depression", "a.weights.h5": "a.weights", "noending": "noending",
	} {
		if got := scoreName(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
