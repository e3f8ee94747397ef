package sanitize

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
	"jinggao/sanitize/worker"
)

// Engine is the engine with its rules and its child processes. It may be used by
// many goroutines at once.
type Engine struct {
	rules  *rule.Set
	detect *detect.Engine
	pool   *worker.Pool
}

var _ API = (*Engine)(nil)

// ErrLists is wrapped by the error of New for word or allow lists that cannot be used.
var ErrLists = errors.New("word or allow list")

// New opens an engine. The dictionary loads in the background. An error that wraps
// ErrLists names the file and the line, in Chinese, for people.
func New(opt Options) (*Engine, error) {
	set := opt.Rules
	if set == nil {
		var err error
		if set, err = rule.Builtin(); err != nil {
			return nil, fmt.Errorf("load rules: %w", err)
		}
	}
	if err := addLists(set, opt.Words, set.AddWords); err != nil {
		return nil, err
	}
	if err := addLists(set, opt.Allow, set.AddAllow); err != nil {
		return nil, err
	}
	det, err := detect.New(set, detect.Options{Dictionary: opt.Dictionary})
	if err != nil {
		return nil, fmt.Errorf("compile rules: %w", err)
	}
	pool, err := worker.NewPool(worker.Options{Size: opt.Workers, Program: opt.Program, InProcess: opt.InProcess, Tasks: opt.Tasks, Limits: opt.Limits})
	if err != nil {
		return nil, fmt.Errorf("prepare child processes: %w", err)
	}
	return &Engine{rules: set, detect: det, pool: pool}, nil
}

func addLists(_ *rule.Set, paths []string, add func(string, []byte) []rule.Problem) error {
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return fmt.Errorf("%w：%s 无法读取：%w", ErrLists, filepath.Base(p), err)
		}
		if ps := add(p, data); len(ps) > 0 {
			return fmt.Errorf("%w：%w", ErrLists, errors.Join(asErrors(ps)...))
		}
	}
	return nil
}

func asErrors(ps []rule.Problem) []error {
	out := make([]error, len(ps))
	for i, p := range ps {
		out[i] = p
	}
	return out
}

// Rules is the rule set in force; it must not be changed.
func (e *Engine) Rules() *rule.Set { return e.rules }

// Workers is how many files are worked on at once.
func (e *Engine) Workers() int { return e.pool.Size() }

// Run has a task of the program done on a file in a child process, see worker.Task.
func (e *Engine) Run(ctx context.Context, task string, src document.Source) ([]byte, error) {
	return e.pool.Run(ctx, task, src)
}

// Warm loads the dictionary and what the readers need, in the background.
func (e *Engine) Warm(ctx context.Context) {
	e.detect.Start()
	go func() {
		_ = e.pool.Warm(ctx) // a child that cannot start says so at the first file
	}()
}

// Close ends the child processes.
func (e *Engine) Close() error { return e.pool.Close() }

// ScanText detects in plain text; label becomes `where`.
func (e *Engine) ScanText(label, text string) []finding.Finding {
	doc := &document.Document{Name: label, Kind: "txt", Parts: []document.Part{{ID: "text", Label: label, Role: document.RoleBody, Text: text}}}
	found, err := e.find(context.Background(), doc)
	if err != nil { // only a cancelled context could cause it
		return nil
	}
	return found
}

// find detects in a document and says what each finding's rule would put there.
func (e *Engine) find(ctx context.Context, doc *document.Document) ([]finding.Finding, error) {
	if err := e.detect.Wait(ctx); err != nil {
		return nil, fmt.Errorf("load dictionary: %w", err)
	}
	found, err := e.detect.Scan(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("detect: %w", err)
	}
	for i := range found {
		f := &found[i]
		f.Suggest = redact.Suggest(e.rules.Rule(f.Rule), f)
	}
	return found, nil
}
