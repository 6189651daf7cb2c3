package tensorflow

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// cachedLengths is for how many lengths of recordings graphs are kept.
const cachedLengths = 4

// graphCache keeps the graphs of the lengths used last. Several callers may use one
// at a time: its session is safe for that.
type graphCache struct {
	build func(tokens int) (*runnable, error)

	mu   sync.Mutex
	kept []*sized // the last used is last
}

// sized is a graph for one length.
type sized struct {
	tokens int
	*runnable
	users   int
	dropped bool // closed when the last user gives it back
}

// take returns the graph for a length, built where there is none. Whoever takes
// one gives it back.
func (g *graphCache) take(tokens int) (*sized, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.IndexFunc(g.kept, func(s *sized) bool { return s.tokens == tokens }); i >= 0 {
		s := g.kept[i]
		g.kept = append(slices.Delete(g.kept, i, i+1), s)
		s.users++
		return s, nil
	}
	if len(g.kept) >= cachedLengths {
		oldest := g.kept[0]
		g.kept = slices.Delete(g.kept, 0, 1)
		oldest.dropped = true
		if err := oldest.closeUnused(); err != nil {
			return nil, err
		}
	}
	r, err := g.build(tokens)
	if err != nil {
		return nil, err
	}
	s := &sized{tokens: tokens, runnable: r, users: 1}
	g.kept = append(g.kept, s)
	return s, nil
}

func (g *graphCache) give(s *sized) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	s.users--
	return s.closeUnused()
}

func (s *sized) closeUnused() error {
	if !s.dropped || s.users > 0 {
		return nil
	}
	if err := s.close(); err != nil {
		return fmt.Errorf("closing a TensorFlow session: %w", err)
	}
	return nil
}

// close closes every graph; nobody may use one any more.
func (g *graphCache) close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	var err error
	for _, s := range g.kept {
		err = errors.Join(err, s.close())
	}
	g.kept = nil
	return err
}
