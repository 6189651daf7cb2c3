package hdf5

// The kinds of B-trees of version 1.
const (
	treeOfGroup  = 0
	treeOfChunks = 1
)

// maxDepth bounds the levels of any tree.
const maxDepth = 16

// oldTree reads a B-tree of version 1: every node has one key more than it has
// children, and they enclose what is below.
type oldTree[K any] struct {
	file    *File
	kind    uint8
	half    int // of the children a node has room for
	keySize int
	key     func(*cursor) K
	compare func(a, b K) int
	leaf    func(child, owner uint64, low, high K) error
}

// read visits what the tree holds, in order.
func (t *oldTree[K]) read(root, owner uint64) error {
	return t.node(root, owner, -1, nil, nil)
}

// node visits one node. The level -1 stands for any: it is the root. The keys of
// the others must be between those beside it.
func (t *oldTree[K]) node(address, owner uint64, level int, low, high *K) error {
	f := t.file
	size := 8 + 2*f.offsetSize + 2*t.half*(t.keySize+f.offsetSize) + t.keySize
	c := f.block("B-tree node", address, uint64(size), owner)
	c.signature("TREE")
	c.expect("its kind", 1, uint64(t.kind))
	depth := int(c.u8())
	n := c.u16()
	c.address() // the nodes beside it: nobody needs them
	c.address()
	switch {
	case level >= 0 && depth != level, depth > maxDepth:
		c.fail("its level is %d", depth)
	case n > 2*t.half, n == 0 && level >= 0:
		c.fail("it has %d children, at most %d are possible", n, 2*t.half)
	}
	if c.err != nil || n == 0 {
		return c.err
	}
	keys, children := make([]K, n+1), make([]uint64, n)
	for i := range children {
		keys[i] = t.key(c)
		children[i] = c.address()
	}
	keys[n] = t.key(c)
	for i := range children {
		if c.err == nil && t.compare(keys[i], keys[i+1]) >= 0 {
			c.fail("its keys are not in order")
		}
	}
	if low != nil && (t.compare(keys[0], *low) < 0 || t.compare(keys[n], *high) > 0) {
		c.fail("its keys are not between those above it")
	}
	for i, child := range children {
		if c.err != nil {
			return c.err
		}
		if depth == 0 {
			c.err = t.leaf(child, address, keys[i], keys[i+1])
		} else {
			c.err = t.node(child, address, depth-1, &keys[i], &keys[i+1])
		}
	}
	return c.err
}
