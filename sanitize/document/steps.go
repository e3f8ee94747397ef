package document

import "context"

// Steps is told how many pages of a file are done in the stage of work under way.
// It may be called by any goroutine, and more often than anybody can read.
type Steps func(done, total int)

type stepsKey struct{}

// WithSteps has those who work below ctx tell of every page.
func WithSteps(ctx context.Context, steps Steps) context.Context {
	return context.WithValue(ctx, stepsKey{}, steps)
}

// Stepped tells that so many pages of total are done.
func Stepped(ctx context.Context, done, total int) {
	if steps, ok := ctx.Value(stepsKey{}).(Steps); ok && steps != nil {
		steps(done, total)
	}
}
