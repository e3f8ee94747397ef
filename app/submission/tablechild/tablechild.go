// Package tablechild has the tables of foreign files read in a child process.
package tablechild

import (
	"context"
	"encoding/json"
	"fmt"

	"jinggao/app/submission"
	"jinggao/app/submission/tablefile"
	"jinggao/sanitize/document"
	"jinggao/sanitize/worker"
)

const name = "tables"

// Task is what the child needs to know: it is given to worker.Main.
func Task() worker.Task {
	return worker.Task{Name: name, Run: func(_ context.Context, src document.Source) ([]byte, error) {
		b, err := json.Marshal(tablefile.Read(src.Name, src.Data))
		if err != nil {
			return nil, fmt.Errorf("encode tables: %w", err)
		}
		return b, nil
	}}
}

// Runner runs tasks in children; *sanitize.Engine is one.
type Runner interface {
	Run(ctx context.Context, task string, src document.Source) ([]byte, error)
}

// Reader reads the tables of foreign files in the children of r.
func Reader(r Runner) submission.Reader {
	return func(ctx context.Context, file string, data []byte) ([]tablefile.File, error) {
		b, err := r.Run(ctx, name, document.Source{Name: file, Data: data})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // this file only
			return []tablefile.File{{Name: file, Refused: document.AsRefusal(err)}}, nil
		}
		var out []tablefile.File
		if err := json.Unmarshal(b, &out); err != nil {
			return []tablefile.File{{Name: file, Refused: document.AsRefusal(err)}}, nil
		}
		return out, nil
	}
}
