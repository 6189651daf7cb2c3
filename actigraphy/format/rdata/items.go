package rdata

import "fmt"

// Bits of an item's flags.
const (
	flagAttributes = 0x200
	flagTag        = 0x400
)

// item reads the next item.
func (d *decoder) item(depth int) (*value, error) {
	flags, err := d.int()
	if err != nil {
		return nil, err
	}
	if d.items++; d.items > maxItems {
		return nil, errObject(fmt.Sprintf("more than %d objects in lists", maxItems))
	}
	if depth > maxDepth {
		return nil, errObject(fmt.Sprintf("lists more than %d deep", maxDepth))
	}
	v, err := d.body(flags, depth)
	if err != nil {
		return nil, err
	}
	switch flags & 0xff {
	case typePairs, typePairsAttr, typeCall, typeCallAttr, typeEnvironment, typeAlternative:
		return v, nil // their attributes are part of them
	}
	if flags&flagAttributes != 0 && flags&0xff < typeAlternative {
		return v, d.attributes(v, depth+1)
	}
	return v, nil
}

func (d *decoder) body(flags, depth int) (*value, error) {
	switch flags & 0xff {
	case typeNil, typeNilValue, typeGlobalEnv, typeEmptyEnv, typeBaseEnv, typeMissing, typeUnbound, typeBaseNamespace, typeS4:
		return &value{}, nil
	case typeLogical, typeInteger, typeReal, typeComplex, typeRaw, typeTexts:
		return d.vector(flags & 0xff)
	case typeList, typeExpression:
		return d.list(depth)
	case typePairs, typePairsAttr, typeCall, typeCallAttr:
		return d.pairs(flags, depth)
	case typeAlternative:
		return d.alternative(depth)
	case typeSymbol:
		name, err := d.text()
		d.refs = append(d.refs, name)
		return &value{texts: []string{name}}, err
	case typeReference:
		return d.reference(flags)
	case typePersistent, typePackage, typeNamespace:
		return d.named()
	case typeEnvironment:
		d.refs = append(d.refs, "")
		return d.passOver(1, 4, depth)
	case typePointer:
		d.refs = append(d.refs, "")
		return d.passOver(0, 2, depth)
	case typeChars:
		return nil, errDamaged
	default:
		return nil, errObject(fmt.Sprintf("a function or another object of R (type %d) beside data", flags&0xff))
	}
}

// vector reads a vector of numbers or texts.
func (d *decoder) vector(typ int) (*value, error) {
	n, err := d.length()
	if err != nil {
		return nil, err
	}
	v := &value{size: n}
	switch typ {
	case typeLogical, typeInteger:
		v.kind = ints
		v.ints, err = d.ints(n)
	case typeReal:
		v.kind = reals
		v.reals, err = d.reals(n)
	case typeComplex:
		err = d.numbers(n, 16, func([]byte) {})
	case typeRaw:
		err = d.numbers(n, 1, func([]byte) {})
	case typeTexts:
		v.kind = texts
		for range n {
			text, err := d.text()
			if err != nil {
				return nil, err
			}
			v.texts = append(v.texts, text)
		}
	}
	return v, err
}

func (d *decoder) list(depth int) (*value, error) {
	n, err := d.length()
	if err != nil {
		return nil, err
	}
	v := &value{kind: list, size: n}
	for range n {
		element, err := d.item(depth + 1)
		if err != nil {
			return nil, err
		}
		v.list = append(v.list, element)
	}
	return v, nil
}

// pairs reads a pairlist, as a list with names. Its rest is the next item.
func (d *decoder) pairs(flags, depth int) (*value, error) {
	v := &value{kind: list}
	for {
		typ := flags & 0xff
		if typ == typePairsAttr || typ == typeCallAttr || flags&flagAttributes != 0 {
			if _, err := d.item(depth + 1); err != nil {
				return nil, err
			}
		}
		name := ""
		if flags&flagTag != 0 {
			tag, err := d.item(depth + 1)
			if err != nil {
				return nil, err
			}
			if len(tag.texts) == 1 {
				name = tag.texts[0]
			}
		}
		element, err := d.item(depth + 1)
		if err != nil {
			return nil, err
		}
		v.list, v.names, v.size = append(v.list, element), append(v.names, name), v.size+1
		if flags, err = d.int(); err != nil {
			return nil, err
		}
		if d.items++; d.items > maxItems {
			return nil, errObject(fmt.Sprintf("more than %d objects in lists", maxItems))
		}
		switch flags & 0xff {
		case typePairs, typePairsAttr, typeCall, typeCallAttr:
			continue
		case typeNil, typeNilValue:
			return v, nil
		}
		_, err = d.body(flags, depth+1)
		return v, err
	}
}

// attributes reads the attributes of a value and keeps those that say what it is.
func (d *decoder) attributes(v *value, depth int) error {
	a, err := d.item(depth)
	if err != nil {
		return err
	}
	if len(a.list) < len(a.names) {
		return errDamaged // names of something else than a list
	}
	for i, name := range a.names {
		switch attribute := a.list[i]; name {
		case "names":
			v.names = attribute.texts
		case "class":
			v.classes = attribute.texts
		case "levels":
			v.levels = attribute.texts
		case "tzone":
			if len(attribute.texts) > 0 {
				v.zone = attribute.texts[0]
			}
		}
	}
	return nil
}

// reference returns a symbol that was read before.
func (d *decoder) reference(flags int) (*value, error) {
	n := flags >> 8
	if n == 0 {
		var err error
		if n, err = d.int(); err != nil {
			return nil, err
		}
	}
	if n < 1 || n > len(d.refs) {
		return nil, errDamaged
	}
	return &value{texts: []string{d.refs[n-1]}}, nil
}

// named reads the names of a package or namespace.
func (d *decoder) named() (*value, error) {
	d.refs = append(d.refs, "")
	if _, err := d.int(); err != nil {
		return nil, err
	}
	n, err := d.length()
	if err != nil {
		return nil, err
	}
	for range n {
		if _, err := d.text(); err != nil {
			return nil, err
		}
	}
	return &value{}, nil
}

// passOver reads numbers and items that are not kept.
func (d *decoder) passOver(numbers, items, depth int) (*value, error) {
	for range numbers {
		if _, err := d.int(); err != nil {
			return nil, err
		}
	}
	for range items {
		if _, err := d.item(depth + 1); err != nil {
			return nil, err
		}
	}
	return &value{}, nil
}

// alternative reads a vector in a compact form (ALTREP): a class, a state and
// attributes.
func (d *decoder) alternative(depth int) (*value, error) {
	class, err := d.item(depth + 1)
	if err != nil {
		return nil, err
	}
	state, err := d.item(depth + 1)
	if err != nil {
		return nil, err
	}
	name := ""
	if len(class.list) > 0 && len(class.list[0].texts) == 1 {
		name = class.list[0].texts[0]
	}
	v, err := expand(name, state)
	if err != nil {
		return nil, err
	}
	return v, d.attributes(v, depth+1)
}

// expand makes the vector of a compact form.
func expand(class string, state *value) (*value, error) {
	switch class {
	case "compact_intseq", "compact_realseq":
		if len(state.reals) != 3 {
			return nil, errDamaged
		}
		return sequence(state.reals[0], state.reals[1], state.reals[2])
	case "wrap_integer", "wrap_logical", "wrap_real", "wrap_string", "wrap_list":
		if len(state.list) < 1 {
			return nil, errDamaged
		}
		return state.list[0], nil
	case "deferred_string":
		if len(state.list) < 1 {
			return nil, errDamaged
		}
		return state.list[0], nil // numbers that would be written as text
	default:
		return nil, errObject(fmt.Sprintf("a vector in the compact form %q", class))
	}
}

// sequence makes n numbers from first on.
func sequence(n, first, step float64) (*value, error) {
	if !(n >= 0 && n <= maxVector) {
		return nil, errDamaged
	}
	v := &value{kind: reals, size: int(n), reals: make([]float64, int(n))}
	for i := range v.reals {
		v.reals[i] = first + float64(i)*step
	}
	return v, nil
}
