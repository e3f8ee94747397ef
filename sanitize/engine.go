package sanitize

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

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
	rules      atomic.Pointer[inForce]
	dictionary []byte
	pool       *worker.Pool
}

// inForce is a rule set and the detector made of it.
type inForce struct {
	set    *rule.Set
	detect *detect.Engine
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
	if err := addLists(opt.Words, set.TakeWords, opt.OnListProblem); err != nil {
		return nil, err
	}
	if err := addLists(opt.Allow, set.TakeAllow, opt.OnListProblem); err != nil {
		return nil, err
	}
	e := &Engine{dictionary: opt.Dictionary}
	if err := e.SetRules(set); err != nil {
		return nil, err
	}
	pool, err := worker.NewPool(worker.Options{Size: opt.Workers, Program: opt.Program, InProcess: opt.InProcess, Tasks: opt.Tasks, Limits: opt.Limits})
	if err != nil {
		return nil, fmt.Errorf("prepare child processes: %w", err)
	}
	e.pool = pool
	return e, nil
}

// SetRules puts another rule set in force, for what is scanned from now on. Files
// under way go on by the rules of each of their steps, so callers wait for them. The
// set must not be changed afterwards. On an error the old rules stay in force.
func (e *Engine) SetRules(set *rule.Set) error {
	det, err := detect.New(set, detect.Options{Dictionary: e.dictionary})
	if err != nil {
		return fmt.Errorf("compile rules: %w", err)
	}
	if e.rules.Swap(&inForce{set, det}) != nil {
		det.Start()
	}
	return nil
}

// addLists adds lists to a set. Without tell any problem is an error; with it only a
// list that cannot be read, or of which nothing can be used, is.
func addLists(paths []string, add func(string, []byte) (int, []rule.Problem), tell func(rule.Problem)) error {
	for _, p := range paths {
		src, err := load(p)
		if err != nil {
			return fmt.Errorf("%w：%s：%w", ErrLists, filepath.Base(p), err)
		}
		used, ps := add(p, src.Data)
		if len(ps) > 0 && (tell == nil || used == 0) {
			return fmt.Errorf("%w：%w", ErrLists, errors.Join(asErrors(ps)...))
		}
		for _, problem := range ps {
			tell(problem)
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
func (e *Engine) Rules() *rule.Set { return e.rules.Load().set }

// Workers is how many files are worked on at once.
func (e *Engine) Workers() int { return e.pool.Size() }

// Run has a task of the program done on a file in a child process, see worker.Task.
func (e *Engine) Run(ctx context.Context, task string, src document.Source) ([]byte, error) {
	return e.pool.Run(ctx, task, src)
}

// Warm loads the dictionary and what the readers need, in the background.
func (e *Engine) Warm(ctx context.Context) {
	e.rules.Load().detect.Start()
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
	found, _, err := e.findAll(ctx, doc)
	return found, err
}

// findAll is find that also gives what the allow list let pass.
func (e *Engine) findAll(ctx context.Context, doc *document.Document) (found, allowed []finding.Finding, err error) {
	in := e.rules.Load()
	if err := in.detect.Wait(ctx); err != nil {
		return nil, nil, fmt.Errorf("load dictionary: %w", err)
	}
	found, allowed, err = in.detect.ScanAll(ctx, doc)
	if err != nil {
		return nil, nil, fmt.Errorf("detect: %w", err)
	}
	for i := range found {
		f := &found[i]
		f.Suggest = redact.Suggest(in.set.Rule(f.Rule), f)
	}
	return found, allowed, nil
}
