// Package sanitize is the door of the engine: it reads documents, finds what must
// not be published, writes clean copies and proves them. It knows no window, no
// case file and no award.
package sanitize

import (
	"context"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
	"jinggao/sanitize/worker"
)

// Options says how an Engine is opened. The zero value is what the window uses.
type Options struct {
	Workers int      // child processes; 0: as many as processors
	Words   []string // paths of the bureau's own word lists
	Allow   []string // paths of allow lists
	// OnListProblem is told of each line of a list that is not used; the rest of the
	// list counts. nil: any such line is an error of New.
	OnListProblem func(rule.Problem)
	// InProcess reads files in this process, for tests only.
	InProcess bool
	// Program is the executable that answers to worker.Verb; "": this one. Tests name
	// their own binary, whose TestMain hands over to worker.Main.
	Program string
	// Tasks are for InProcess what the program gives to worker.Main for its children.
	Tasks []worker.Task
	// Limits of one job in a child; the zero value is the default.
	Limits worker.Limits
	// Rules are used in place of the built-in ones; nil: built-in.
	Rules *rule.Set
	// Dictionary is used in place of the packed one (tests); nil: packed.
	Dictionary []byte
}

// Report is the result of scanning one file (or archive member).
type Report struct {
	Path     string             // as given; ARCHIVE!MEMBER for members
	Document *document.Document // nil when refused
	Findings []finding.Finding  // by part, then position
	// Allowed are findings that did not count because of the allow list; the last
	// reason of each names the entry.
	Allowed []finding.Finding
	Refused *document.Refusal
}

// Status is "ok", "partial" or "refused", as in the contract.
func (r *Report) Status() string {
	switch {
	case r.Refused != nil:
		return "refused"
	case r.Document != nil && len(r.Document.Unchecked) > 0:
		return "partial"
	}
	return "ok"
}

// Job asks for one clean copy.
type Job struct {
	Path      string
	Dir       string // where the copy goes; created if missing
	Decisions []redact.Decision
	// Added are places that people marked by hand (手动补标). They are treated like
	// findings of the engine: by the decision with their fingerprint, else by their Suggest.
	Added []finding.Finding
	// Inside are places marked by hand in members of an archive, by the name of the
	// member, nested ones joined by !; boxes need no such thing, they name their file.
	Inside         map[string][]finding.Finding
	AllowS1        bool
	AllowUnchecked bool
	Boxes          []document.Box
	DPI            int
	Text           bool // beside a PDF, its treated text as .txt too
	Word           bool // beside a PDF, its treated text as .docx too
	Layer          bool // over the pages of a PDF, their treated text, unseen, for searching and copying
	// Pseudonyms numbers names and stand-ins over all files of a case; every file is
	// given to Note, in order, before the first copy is made. nil: not asked for.
	Pseudonyms *redact.Pseudonyms
}

// Cleaned is a clean copy that has passed its proof and stands under its name.
type Cleaned struct {
	In, Out    string
	Treated    int
	ByRule     map[string]int
	Removed    []document.Removal
	Unchecked  []document.Unchecked
	Exceptions []finding.Finding // left in by decision
	Allowed    []finding.Finding // left in by the allow list
	Also       []Copy            // files beside the copy
	SHA256     string            // of the copy
	SM3        string
	InSHA256   string
	InSM3      string
	Rejected   []string // decisions that did not hold, and why (Chinese)
}

// Progress is told how far a long job is; it may be nil.
type Progress func(done, total int, what string)

// API is what the window and the verbs use. *Engine implements it.
type API interface {
	// Warm loads what is slow (dictionary, PDF reader) in the background.
	Warm(ctx context.Context)
	// Scan reads one file in a child process and detects. A file that cannot be
	// read is a Report with Refused set, not an error; an error means cancelled.
	// The first report is the file itself; an archive adds one report per member
	// (ARCHIVE!MEMBER), and so does a document for each document embedded in it.
	Scan(ctx context.Context, path string) ([]Report, error)
	// ScanText detects in plain text (a table cell, a pasted paragraph); label becomes `where`.
	ScanText(label, text string) []finding.Finding
	// Clean writes one verified copy. *document.Refusal if it must not or cannot be.
	Clean(ctx context.Context, job Job, p Progress) (*Cleaned, error)
	// Note enters the names of a job's file into job.Pseudonyms, as its clean copy would
	// treat them. A file that cannot be read or copied enters nothing; an error means cancelled.
	Note(ctx context.Context, job Job) error
	// NoteRead does what Note does with what Scan said of the file before.
	NoteRead(ctx context.Context, reports []Report, job Job) error
	// Preview carries out on the text of a document what has been decided about its
	// findings (Decisions, Added and Pseudonyms of the job count), without writing
	// anything. Draft, unless nil, is told on the same goroutine of what is known at
	// once; the result has been tried as a copy is. Errors are ctx's own.
	Preview(ctx context.Context, doc *document.Document, found []finding.Finding, job Job, draft func(*Preview)) (*Preview, error)
	// Draw draws a page of a PDF, or of one inside an archive (member is its name there,
	// nested ones joined by !), as it is or as the copy will show it. Errors as for Page.
	Draw(ctx context.Context, path, member string, what document.Drawing) (*document.Picture, error)
	// Page draws a page of a PDF, counted from 1, at a resolution in dots per inch.
	// Errors are *document.Refusal, or ctx's own.
	Page(ctx context.Context, path string, page, dpi int) (*document.Picture, error)
	// Verify re-reads a file by other code than wrote it; the report holds what is still there.
	Verify(ctx context.Context, path string, exceptions []finding.Finding) (*Report, error)
	// Close ends the child processes.
	Close() error
}
