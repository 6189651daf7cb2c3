package app

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// parallelInOrder calls work for 0 to n-1 on all cores and hands what it gives to emit, in
// order and one at a time. No more than a few results wait to be handed over, so memory does
// not grow with n. The first error ends it; a cancelled context is one.
func parallelInOrder[T any](ctx context.Context, n int, work func(ctx context.Context, i int) (T, error), emit func(T) error) error {
	workers := max(1, min(runtime.GOMAXPROCS(0), n))
	group, ctx := errgroup.WithContext(ctx)
	turns := make(chan struct{}, workers)
	coming := make(chan chan T, workers)
	group.Go(func() error {
		defer close(coming)
		for i := range n {
			out := make(chan T, 1)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case turns <- struct{}{}:
			}
			group.Go(func() error {
				defer func() { <-turns }()
				given, err := work(ctx, i)
				if err == nil {
					out <- given
				}
				return err
			})
			select {
			case <-ctx.Done():
				return ctx.Err()
			case coming <- out:
			}
		}
		return nil
	})
	group.Go(func() error {
		for out := range coming {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case given := <-out:
				if err := emit(given); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return group.Wait()
}
