package models

import (
	"fmt"
	"strings"

	"circascope/internal/arrays"
)

// layout is one of the ways Keras lays the encoder's datasets out in a file. A
// dataset is found by its path, never by the order of names in an attribute.
type layout struct {
	name   string
	dense  string // prefix of the patch embedding
	layer  string // prefix of layer %[1]d, counted from 1
	suffix string // after the dataset's own name
}

const (
	nested = "encoder_layer_%[1]d_transformer/encoder_layer_%[1]d_"
	flat   = "encoder_model/encoder_layer_%[1]d_"
)

// layouts lists what can be read. The last is found by the labels Keras 3 gives
// its groups: see relabel.
func layouts() []layout {
	return []layout{
		{"keras2 save_weights", "/dense/dense/", "/" + nested, ":0"},
		{"keras2 model.save", "/model_weights/dense/dense/", "/model_weights/" + nested, ":0"},
		{"keras2 fine-tuned save_weights", "/encoder_model/dense/", "/" + flat, ":0"},
		{"keras2 fine-tuned model.save", "/model_weights/encoder_model/dense/", "/model_weights/" + flat, ":0"},
		{"keras3 model.save", "/model_weights/dense/dense/", "/model_weights/" + nested, ""},
		{"keras3 save_weights", "/dense/", "/" + nested, ""},
	}
}

func (l layout) path(p part) string {
	switch p.layer {
	case headLayer:
		root, _, _ := strings.Cut(l.dense, "encoder_model/")
		return root + p.name + l.suffix
	case 0:
		return l.dense + p.name + l.suffix
	}
	return fmt.Sprintf(l.layer, p.layer) + p.name + l.suffix
}

// contents are the datasets of a file by path.
type contents map[string]arrays.Array

// index returns the datasets of f by path. In a Keras 3 file they also stand
// under the names the groups are labelled with.
func index(f *arrays.File) (contents, error) {
	c := make(contents)
	for _, a := range f.Arrays {
		names := []string{a.Name}
		if renamed := relabel(a.Name, f.Labels); renamed != "" {
			names = append(names, renamed)
		}
		for _, name := range names {
			if _, twice := c[name]; twice {
				return nil, fmt.Errorf("two datasets are called %s", name)
			}
			c[name] = a
		}
	}
	return c, nil
}

// relabel turns the path of a Keras 3 .weights.h5 dataset, such as
// /layers/functional/layers/dense/vars/0, into the names its groups are labelled
// with, /encoder_layer_1_transformer/encoder_layer_1_ff1/kernel. Variable 0 is
// the kernel or gamma, 1 the bias or beta. It returns "" for other datasets.
func relabel(path string, labels map[string]string) string {
	group, variable, ok := strings.Cut(path, "/vars/")
	if !ok || (variable != "0" && variable != "1") {
		return ""
	}
	name, at := "", ""
	for component := range strings.SplitSeq(strings.TrimPrefix(group, "/"), "/") {
		at += "/" + component
		if label := labels[at+"/vars"]; label != "" {
			name += "/" + label
		}
	}
	if name == "" {
		return ""
	}
	kinds := map[string]string{"0": "kernel", "1": "bias"}
	if strings.HasSuffix(name, "_norm1") || strings.HasSuffix(name, "_norm2") {
		kinds = map[string]string{"0": "gamma", "1": "beta"}
	}
	return name + "/" + kinds[variable]
}

// recognise returns the layout that names most of the first layer's datasets.
func (c contents) recognise() (layout, error) {
	probe := &Weights{Blocks: make([]Block, 1)}
	var best layout
	most := 0
	for _, l := range layouts() {
		n := 0
		for _, p := range parts(probe) {
			// The patch embedding's name is a common one: alone it proves nothing.
			if _, ok := c[l.path(p)]; ok && p.layer > 0 {
				n++
			}
		}
		if n > most {
			best, most = l, n
		}
	}
	if most == 0 {
		return layout{}, c.foreign()
	}
	return best, nil
}

// foreign says what a file is that has none of the encoder's datasets.
func (c contents) foreign() error {
	if len(c) == 0 {
		return fmt.Errorf("there are no PAT weights in this file: it holds no data")
	}
	return fmt.Errorf("there are no PAT weights in this file: it is another model (encoder_layer_1_attention/query/kernel is missing)")
}
