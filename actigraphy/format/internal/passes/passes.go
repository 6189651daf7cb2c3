// Package passes is what sources of raw acceleration share that go through their file
// from its beginning as often as they are asked.
package passes

import (
	"context"
	"io"
	"iter"

	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
)

// Pass goes through a file once.
type Pass interface {
	// Read goes through the content to its end, or until nobody wants more blocks.
	Read(content io.Reader) error
	// Damage says what was left out so far.
	Damage() raw.Damage
}

// Source is a raw.Source and raw.Damaged of a file. A reader of a device embeds it.
type Source struct {
	In    *format.Input
	About raw.Header
	// Begin returns a pass that hands its blocks to take, until that returns false.
	Begin func(take func(*raw.Block) bool) Pass

	damage raw.Damage // known once the file was gone through
}

// Header says what the file tells of the recording.
func (s *Source) Header() raw.Header { return s.About }

// Damage says what the last complete pass left out.
func (s *Source) Damage() raw.Damage { return s.damage }

// Blocks yields what can be read.
func (s *Source) Blocks(ctx context.Context) iter.Seq2[*raw.Block, error] {
	return func(yield func(*raw.Block, error) bool) {
		stopped := false
		p := s.Begin(func(b *raw.Block) bool {
			stopped = !yield(b, nil)
			return !stopped
		})
		if err := s.Run(ctx, p); err != nil {
			yield(nil, err)
			return
		}
		if !stopped {
			s.damage = p.Damage()
		}
	}
}

// Run goes through the file by a pass of the caller's.
func (s *Source) Run(ctx context.Context, p Pass) error {
	content, err := s.In.Content(ctx)
	if err != nil {
		return err
	}
	if err := p.Read(content); err != nil {
		return s.In.ReadError(err)
	}
	return nil
}
