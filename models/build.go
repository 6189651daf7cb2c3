package models

import (
	"fmt"
	"slices"
	"strings"

	"circascope/internal/arrays"
)

// build makes checked weights of a file's datasets. Everything it demands it
// demands by path, shape, type and finiteness. An error is a sentence part that
// says why the file is refused.
func build(f *arrays.File) (*Weights, File, error) {
	found := File{SHA256: f.SourceSHA256, Bytes: f.SourceBytes, State: New}
	c, err := index(f)
	if err != nil {
		return nil, found, err
	}
	l, err := c.recognise()
	if err != nil {
		return nil, found, err
	}
	found.Layout = l.name
	spec, err := c.spec(l)
	if err != nil {
		return nil, found, err
	}
	found.Model, found.Parameters = spec.Size, spec.Parameters()
	w := &Weights{Spec: spec, SHA256: f.SourceSHA256, State: New, Blocks: make([]Block, spec.Layers)}
	var headless string
	w.Head, headless = c.head(l)
	types := make(map[string]bool)
	for _, p := range parts(w) {
		a, err := c.demand(l, p, spec)
		if err != nil {
			return nil, found, err
		}
		*p.values = a.Values
		types[a.Type] = true
	}
	if types["float16"] {
		found.warn("its numbers are float16, rounded to about three digits: results differ from those of the full weights")
	}
	if types["float64"] {
		found.warn("its float64 numbers were rounded to float32, as Keras does")
	}
	if headless != "" {
		found.warn(headless)
	}
	if w.Head != nil {
		found.HeadParameters = headParameters()
	}
	return w, found, nil
}

// spec recognises the size from the shapes of the patch embedding and of the
// first layer's queries, and from the number of layers.
func (c contents) spec(l layout) (Spec, error) {
	probe := &Weights{Blocks: make([]Block, 1)}
	p := parts(probe)
	patchKernel, ok := c[l.path(p[0])]
	if !ok {
		for name := range c {
			if strings.Contains(name, "conv1d_patch_embedding") {
				return Spec{}, fmt.Errorf("this is a PAT-Conv encoder; PAT-S, PAT-M and PAT-L can be used")
			}
		}
		return Spec{}, missing(p[0], l)
	}
	query, ok := c[l.path(p[2])]
	if !ok {
		return Spec{}, missing(p[2], l)
	}
	for i, a := range []arrays.Array{patchKernel, query} {
		if a.Problem != "" && len(a.Shape) == 0 {
			return Spec{}, fmt.Errorf("%s: %s", p[2*i].fullName(), a.Problem)
		}
	}
	if len(patchKernel.Shape) != 2 || len(query.Shape) != 3 {
		return Spec{}, fmt.Errorf("dense/kernel has shape %v and encoder_layer_1_attention/query/kernel %v: want (patch, %d) and (%d, heads, %d)",
			patchKernel.Shape, query.Shape, Dim, Dim, KeyDim)
	}
	patch, heads, layers := patchKernel.Shape[0], query.Shape[1], c.layers(l)
	var known []string
	for _, size := range Sizes() {
		s, err := SpecOf(size)
		if err != nil {
			return Spec{}, err
		}
		if s.Patch == patch && s.Heads == heads && s.Layers == layers {
			return s, nil
		}
		known = append(known, fmt.Sprintf("%s: patch %d, heads %d, layers %d", s.Name(), s.Patch, s.Heads, s.Layers))
	}
	return Spec{}, fmt.Errorf("patch %d, heads %d, layers %d fit no known size (%s)", patch, heads, layers, strings.Join(known, "; "))
}

// layers counts the layers of which at least one dataset is there.
func (c contents) layers(l layout) int {
	for n := 0; ; n++ {
		there := slices.ContainsFunc(blockParts(new(Block), n+1, 0), func(p part) bool {
			_, ok := c[l.path(p)]
			return ok
		})
		if !there {
			return n
		}
	}
}

func (c contents) demand(l layout, p part, spec Spec) (arrays.Array, error) {
	a, ok := c[l.path(p)]
	switch {
	case !ok:
		return a, missing(p, l)
	case !slices.Equal(a.Shape, p.shape) && len(a.Shape) > 0:
		return a, fmt.Errorf("%s: %s has shape %s, needs %s", spec.Name(), p.fullName(), tuple(a.Shape), tuple(p.shape))
	case a.Problem != "":
		return a, fmt.Errorf("%s: %s: %s", spec.Name(), p.fullName(), a.Problem)
	case a.Type != "float32" && a.Type != "float64" && a.Type != "float16":
		return a, fmt.Errorf("%s: %s is %s, needs float32 (float64 and float16 will do)", spec.Name(), p.fullName(), a.Type)
	case len(a.Values) != product(p.shape):
		return a, fmt.Errorf("%s: %s has %d values, needs %s", spec.Name(), p.fullName(), len(a.Values), tuple(p.shape))
	}
	if bad := notFinite(a.Values); bad != "" {
		return a, fmt.Errorf("%s: %s holds %s", spec.Name(), p.fullName(), bad)
	}
	return a, nil
}

func missing(p part, l layout) error {
	return fmt.Errorf("%s is missing (looked for at %s)", p.fullName(), l.path(p))
}

// tuple writes a shape as NumPy does.
func tuple(shape []int) string {
	words := make([]string, len(shape))
	for i, d := range shape {
		words[i] = fmt.Sprint(d)
	}
	if len(words) == 1 {
		return "(" + words[0] + ",)"
	}
	return "(" + strings.Join(words, ", ") + ")"
}
