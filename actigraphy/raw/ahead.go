package raw

import "iter"

// batchSize is how many samples the decoding is handed over by at a time.
const batchSize = 1 << 14

// batch is a number of chunks with their samples.
type batch struct {
	chunks  []Chunk
	samples []float64 // of the chunks in turn: x, y, z
	err     error
	panic   any
}

func (b *batch) add(c *Chunk) {
	at, n := len(b.samples), len(c.X)
	b.samples = append(append(append(b.samples, c.X...), c.Y...), c.Z...)
	b.chunks = append(b.chunks, *c)
	mine := &b.chunks[len(b.chunks)-1]
	// Only the lengths count yet: samples may still move as they grow.
	mine.X, mine.Y, mine.Z = b.samples[at:at+n], nil, nil
}

// settle points the chunks to their samples.
func (b *batch) settle() {
	rest := b.samples
	for i := range b.chunks {
		c := &b.chunks[i]
		n := len(c.X)
		c.X, c.Y, c.Z, rest = rest[:n], rest[n:2*n], rest[2*n:3*n], rest[3*n:]
	}
}

// Ahead yields the same chunks while the next ones are made on another core, in
// memory of constant size. Nothing of chunks runs any more when it has returned.
func Ahead(chunks iter.Seq2[*Chunk, error]) iter.Seq2[*Chunk, error] {
	return func(yield func(*Chunk, error) bool) {
		full, free, stop := make(chan *batch), make(chan *batch, 2), make(chan struct{})
		free <- &batch{}
		free <- &batch{}
		go fill(chunks, full, free, stop)
		defer func() {
			close(stop)
			for range full { // until fill has ended
			}
		}()
		for b := range full {
			b.settle()
			for i := range b.chunks {
				if !yield(&b.chunks[i], nil) {
					return
				}
			}
			if b.panic != nil {
				panic(b.panic)
			}
			if b.err != nil {
				yield(nil, b.err)
				return
			}
			b.chunks, b.samples = b.chunks[:0], b.samples[:0]
			free <- b
		}
	}
}

// fill closes full at its end.
func fill(chunks iter.Seq2[*Chunk, error], full chan<- *batch, free <-chan *batch, stop <-chan struct{}) {
	defer close(full)
	b := <-free
	defer func() {
		b.panic = recover() // it is the caller's, who may know what to do
		if len(b.chunks) > 0 || b.err != nil || b.panic != nil {
			send(full, b, stop)
		}
	}()
	for c, err := range chunks {
		if err != nil {
			b.err = err
			return
		}
		b.add(c)
		if len(b.samples) < 3*batchSize {
			continue
		}
		if !send(full, b, stop) {
			b = &batch{}
			return
		}
		select {
		case b = <-free:
		case <-stop:
			b = &batch{}
			return
		}
	}
}

func send(full chan<- *batch, b *batch, stop <-chan struct{}) bool {
	select {
	case full <- b:
		return true
	case <-stop:
		return false
	}
}
