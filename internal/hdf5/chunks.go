package hdf5

import (
	"fmt"
	"math"
)

// maxChunks bounds the chunks of one dataset, and four times it those of a file:
// more than that is one for every few numbers, which no writer of weights does.
const maxChunks = 1 << 16

// chunk is where one chunk is.
type chunk struct {
	address uint64 // undefined: never written
	size    uint64 // in the file
	mask    uint32 // filters it was not put through
	owner   uint64 // the structure that names it
}

// grid divides a dataset into chunks.
type grid struct {
	shape []uint64 // of the dataset
	chunk []uint64 // of one chunk
	count []uint64 // chunks along each side
	slots []uint64 // chunks along each side if the dataset grows as far as it may
	total int
	bytes int // of one chunk, unfiltered
}

func (d *Dataset) grid() (*grid, error) {
	g := &grid{shape: d.space.dims, chunk: d.layout.chunk}
	if len(g.chunk) != len(g.shape) {
		return nil, d.damaged("its chunks have %d dimensions, it has %d", len(g.chunk), len(g.shape))
	}
	n, ok := product(g.chunk, uint64(d.file.limits.DatasetElements))
	if !ok {
		return nil, unsupported("its chunks have the shape %v, more numbers than any weights have", g.chunk)
	}
	g.bytes = int(n) * d.kind.size
	for i, side := range g.chunk {
		if side > d.space.most[i] {
			return nil, d.damaged("its chunks are longer than it can grow")
		}
		g.count = append(g.count, (g.shape[i]-1)/side+1)
		slots := d.space.most[i]
		if slots != math.MaxUint64 {
			slots = (slots-1)/side + 1
		}
		g.slots = append(g.slots, slots)
	}
	total, ok := product(g.count, maxChunks)
	if !ok {
		return nil, unsupported("it is cut into more than %d chunks, which weights never are", maxChunks)
	}
	g.total = int(total)
	if d.file.chunks += g.total; d.file.chunks > 4*maxChunks {
		return nil, unsupported("with it the file is cut into more than %d chunks, which weights never are", 4*maxChunks)
	}
	// Chunks are unpacked whole, also where they stick out over the edges.
	padded, ok := product([]uint64{total, n}, uint64(d.file.limits.DatasetElements))
	if !ok {
		return nil, unsupported("its chunks have the shape %v and hold more numbers than any weights have", g.chunk)
	}
	return g, d.file.spend(padded - d.count)
}

func (d *Dataset) damaged(format string, args ...any) error {
	c := &cursor{file: d.file, what: "dataset", base: d.owner}
	return c.failed(format, args...)
}

// place returns the chunk's place along each side.
func (g *grid) place(n int) []uint64 {
	at := make([]uint64, len(g.count))
	for i := len(at) - 1; i >= 0; i-- {
		at[i] = uint64(n) % g.count[i]
		n /= int(g.count[i])
	}
	return at
}

// number is the inverse of place, false outside the dataset.
func (g *grid) number(at []uint64) (int, bool) {
	n := 0
	for i, a := range at {
		if a >= g.count[i] {
			return 0, false
		}
		n = n*int(g.count[i]) + int(a)
	}
	return n, true
}

// sticksOut tells whether a chunk is cut by an edge of the dataset.
func (g *grid) sticksOut(at []uint64) bool {
	for i, a := range at {
		if (a+1)*g.chunk[i] > g.shape[i] {
			return true
		}
	}
	return false
}

// chunked reads a dataset in chunks. Every chunk must be there.
func (d *Dataset) chunked() ([]byte, error) {
	g, err := d.grid()
	if err != nil {
		return nil, err
	}
	if d.layout.address == undefined {
		return nil, neverWritten("its numbers were")
	}
	chunks, err := d.index(g)
	if err != nil {
		return nil, err
	}
	missing := 0
	for _, c := range chunks {
		if c.address == undefined {
			missing++
		}
	}
	if missing > 0 {
		return nil, neverWritten(fmt.Sprintf("%d of its %d chunks were", missing, len(chunks)))
	}
	out := make([]byte, d.count*uint64(d.kind.size))
	for n, c := range chunks {
		at := g.place(n)
		data, err := d.unpack(g, c, at)
		if err != nil {
			return nil, err
		}
		g.paste(out, data, at, d.kind.size)
	}
	return out, nil
}

// unpack returns the bytes of one chunk.
func (d *Dataset) unpack(g *grid, c chunk, at []uint64) ([]byte, error) {
	filters := d.filters
	if d.layout.wholeFilters && g.sticksOut(at) {
		filters = nil
	}
	in := d.file.block("chunk", c.address, c.size, c.owner)
	data := unfilter(in, filters, c.mask, g.bytes, d.kind.size)
	if in.err == nil && len(data) != g.bytes {
		in.fail("it has %d bytes, its shape wants %d", len(data), g.bytes)
	}
	return data, in.err
}

// paste copies what a chunk has of the dataset, run by run along the last side.
func (g *grid) paste(out, data []byte, at []uint64, elementSize int) {
	rank := len(at)
	first, within := make([]uint64, rank), make([]uint64, rank) // of the chunk in the dataset; its part inside
	for i := range at {
		first[i] = at[i] * g.chunk[i]
		within[i] = min(g.chunk[i], g.shape[i]-first[i])
	}
	run := int(within[rank-1]) * elementSize
	here := make([]uint64, rank)
	for {
		from, to := uint64(0), uint64(0)
		for i := range here {
			from = from*g.chunk[i] + here[i]
			to = to*g.shape[i] + first[i] + here[i]
		}
		copy(out[int(to)*elementSize:][:run], data[int(from)*elementSize:])
		i := rank - 2
		for ; i >= 0; i-- {
			if here[i]++; here[i] < within[i] {
				break
			}
			here[i] = 0
		}
		if i < 0 {
			return
		}
	}
}
