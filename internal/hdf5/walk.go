package hdf5

// Visitor is told what Walk finds.
type Visitor struct {
	// Group is told every group's path, without a slash at the end, and what its
	// attribute "name" says, "" where there is no such text.
	Group func(path, label string)
	// Dataset is told every dataset. Problem says why it can't be read: then there
	// is nothing but its path, and its shape and type as far as they are known.
	Dataset func(d *Dataset, problem error)
}

// Walk visits every object by every path of hard links that leads to it, in no
// order to rely on. A link of another kind is no path: it is told as a dataset with
// the problem that it is not followed. An error is about the file as a whole.
func (f *File) Walk(v Visitor) error {
	if err := f.walkGroup("", f.root, nil, v); err != nil {
		return err
	}
	return f.disjoint()
}

// walkGroup visits a group and all below it. The groups above it are passed along.
func (f *File) walkGroup(path string, address uint64, above []uint64, v Visitor) error {
	h, err := f.header(address)
	switch {
	case err != nil:
		return err
	case !h.isGroup() || h.isDataset():
		return &DamageError{"object header", f.base + address, "the root is no group"}
	case len(above) == maxNesting:
		return unsupported("its groups stand more than %d deep in one another, which those of weights never do", maxNesting)
	}
	g, err := f.group(h)
	if err != nil {
		return err
	}
	v.Group(path, g.label)
	above = append(above, address)
	for _, l := range g.links {
		if f.objects++; f.objects > f.limits.Objects {
			return unsupported("the file holds more than %d objects, which weights never do", f.limits.Objects)
		}
		at := path + "/" + l.name
		if l.kind != "" {
			v.Dataset(&Dataset{Path: at}, unsupported("it is %s, which is not followed; save the weights in one file", l.kind))
			continue
		}
		if err := f.object(at, l.address, above, v); err != nil {
			return err
		}
	}
	return nil
}

// object visits what a hard link leads to.
func (f *File) object(path string, address uint64, above []uint64, v Visitor) error {
	for _, a := range above {
		if a == address {
			return &DamageError{"group", f.base + address, path + " leads back to a group above it"}
		}
	}
	h, err := f.header(address)
	if err != nil {
		return err
	}
	switch group, dataset := h.isGroup(), h.isDataset(); {
	case group && dataset:
		return &DamageError{"object header", f.base + address, path + " is a group and a dataset"}
	case group:
		return f.walkGroup(path, address, above, v)
	case dataset:
		d, err := f.open(path, h)
		v.Dataset(d, err)
		return nil
	case h.find(kindDatatype) != nil:
		return nil // a type with a name: used where a dataset refers to it
	}
	return &DamageError{"object header", f.base + address, path + " is no group and no dataset"}
}
