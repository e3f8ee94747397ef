package cli

import (
	"context"
	"iter"
)

// ordered works on many inputs at once, n at a time, and hands the results over in
// the order of the inputs. At most 2n results wait, so memory stays bounded. It
// stops at the first error of emit or when ctx is cancelled.
func ordered[In, Out any](ctx context.Context, in iter.Seq[In], n int, work func(context.Context, In) Out, emit func(Out) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan chan Out, max(1, 2*n-1))
	slots := make(chan struct{}, n)
	go func() {
		defer close(queue)
		for x := range in {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			one := make(chan Out, 1)
			go func() {
				defer func() { <-slots }()
				one <- work(ctx, x)
			}()
			select {
			case queue <- one:
			case <-ctx.Done():
				return
			}
		}
	}()
	for one := range queue {
		select {
		case r := <-one:
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
