package session

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/ui/review"
	"jinggao/app/ui/task"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
)

// memberMark parts the attachment from the member in the file key of an archive
// member's document.
const memberMark = "!"

// announce is the least time between two announcements of files that were read; the
// end of a scan is announced in any case.
const announce = 200 * time.Millisecond

// Added says what became of paths that were handed in.
type Added struct {
	New, Known int
	Refused    []casefile.AddResult
}

// Text is the line for the status bar.
func (a Added) Text() string {
	var s []string
	if a.New > 0 {
		s = append(s, fmt.Sprintf("添加 %d 个附件", a.New))
	}
	if a.Known > 0 {
		s = append(s, fmt.Sprintf("%d 个已在案卷中，未重复添加", a.Known))
	}
	if len(a.Refused) > 0 {
		s = append(s, fmt.Sprintf("%d 个未能添加", len(a.Refused)))
	}
	if len(s) == 0 {
		return "没有可添加的文件"
	}
	return strings.Join(s, "，")
}

// AddPaths takes files, and the files of folders, into the case behind the window,
// links them to rows and scans them; after is told on the goroutine of the window.
func (s *Session) AddPaths(paths, rows []string, after func(Added, error)) {
	var added Added
	work := func(ctx context.Context, report task.Report) error {
		report(0, 0, "")
		res, err := s.c.AddFiles(ctx, Expand(paths), rows)
		for _, r := range res {
			switch {
			case r.Refused != nil:
				added.Refused = append(added.Refused, r)
			case r.Known:
				added.Known++
			default:
				added.New++
			}
		}
		return err
	}
	s.cfg.Tasks.Start("正在添加附件", work, func(err error) {
		if s.closed {
			return
		}
		if err == nil {
			s.changed(Files)
			s.ReadAll()
		}
		if after != nil {
			after(added, err)
		}
	})
}

// Expand replaces folders by the files in them, sorted, without the temporary and
// hidden files that office programs leave.
func Expand(paths []string) []string {
	var out []string
	for _, p := range paths {
		err := filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				if path == p {
					out = append(out, p) // let AddFiles say why
				}
				return nil //nolint:nilerr // a folder that cannot be read is passed over, its files cannot be named
			}
			name := d.Name()
			if d.IsDir() {
				if path != p && strings.HasPrefix(name, ".") {
					return filepath.SkipDir
				}
				return nil
			}
			if path != p && (strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || name == "Thumbs.db") {
				return nil
			}
			out = append(out, path)
			return nil
		})
		if err != nil {
			continue
		}
	}
	return out
}

// ReadAll reads and scans, behind the window, every attachment that was not read
// since the program started.
func (s *Session) ReadAll() {
	var ids []string
	for _, a := range s.c.Attachments() {
		if s.read[a.ID] == nil && !s.reading[a.ID] && a.State != casefile.StateMissing {
			ids = append(ids, a.ID)
		}
	}
	s.scan(ids)
}

// Rescan reads the attachments again whatever was read before.
func (s *Session) Rescan(ids []string) {
	for _, id := range ids {
		delete(s.read, id)
	}
	var todo []string
	for _, id := range ids {
		if !s.reading[id] {
			todo = append(todo, id)
		}
	}
	s.scan(todo)
}

// CheckFiles looks, behind the window, whether the documents are where they were.
func (s *Session) CheckFiles() {
	s.cfg.Tasks.Start("正在核对附件", func(ctx context.Context, _ task.Report) error {
		_, err := s.c.CheckFiles(ctx)
		if err != nil {
			return fmt.Errorf("check files: %w", err)
		}
		return nil
	}, func(err error) {
		if s.closed {
			return
		}
		s.changed(Files)
		if err == nil {
			s.ReadAll()
		}
	})
}

// Reading tells whether an attachment is queued or being read.
func (s *Session) Reading(id string) bool { return s.reading[id] }

type result struct {
	id      string
	reports []sanitize.Report
	err     error
}

func (s *Session) scan(ids []string) {
	if len(ids) == 0 {
		return
	}
	var todo []casefile.Attachment
	for _, id := range ids {
		if a, ok := s.c.Attachment(id); ok {
			todo = append(todo, a)
			s.reading[id] = true
		}
	}
	s.tell(Files)
	work := func(ctx context.Context, report task.Report) error { return s.scanFiles(ctx, todo, report) }
	s.cfg.Tasks.Start("正在扫描", work, func(err error) {
		for i := range todo {
			delete(s.reading, todo[i].ID)
			delete(s.scans, todo[i].ID)
		}
		if !s.closed {
			s.changed(Files)
			if err != nil && ctxFree(err) && s.cfg.Fail != nil {
				s.cfg.Fail("扫描未能完成", err)
			}
		}
	})
}

func ctxFree(err error) bool { return err != context.Canceled } //nolint:errorlint // only the bare one means stopped by hand

// scanFiles runs off the goroutine of the window.
func (s *Session) scanFiles(ctx context.Context, todo []casefile.Attachment, report task.Report) error {
	jobs := make(chan casefile.Attachment)
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range min(runtime.NumCPU(), 4, len(todo)) {
		wg.Go(func() {
			for a := range jobs {
				mu.Lock()
				report(done, len(todo), a.Name)
				mu.Unlock()
				s.scanOne(ctx, a)
				mu.Lock()
				done++
				report(done, len(todo), a.Name)
				mu.Unlock()
			}
		})
	}
	for _, a := range todo {
		if ctx.Err() != nil {
			break
		}
		jobs <- a
	}
	close(jobs)
	wg.Wait()
	return ctx.Err()
}

func (s *Session) scanOne(ctx context.Context, a casefile.Attachment) {
	reports, err := s.cfg.Engine.Scan(ctx, a.Path)
	if err != nil && ctx.Err() != nil {
		return
	}
	if err != nil {
		reports = []sanitize.Report{{Path: a.Path, Refused: &document.Refusal{
			What: "文件未能扫描", Why: "读取过程中断", Do: "请重新扫描；仍然不行时请人工检查该文件", Detail: err.Error(),
		}}}
	}
	storeErr := s.storeScan(a, reports)
	s.cfg.Post(func() {
		if s.closed {
			return
		}
		s.read[a.ID] = reports
		delete(s.reading, a.ID)
		delete(s.scans, a.ID)
		if time.Since(s.told) > announce {
			s.tell(Files)
			s.told = time.Now() // after it: a slow page is not told more often than it can show
		}
		if storeErr != nil && s.cfg.Fail != nil {
			s.cfg.Fail("扫描结果未能保存", storeErr)
		}
	})
}

// storeScan stores a scan unless the stored one is of the same file by the same rules.
func (s *Session) storeScan(a casefile.Attachment, reports []sanitize.Report) error {
	old, err := s.c.Scan(a.ID)
	if err != nil {
		return fmt.Errorf("read the stored scan: %w", err)
	}
	if old != nil && old.SHA256 == a.SHA256 && old.Rules == s.cfg.Rules && a.State != casefile.StateChanged && a.State != casefile.StateNew {
		return nil
	}
	sc := casefile.Scan{At: time.Now(), Rules: s.cfg.Rules, SHA256: a.SHA256}
	for i := range reports {
		r := &reports[i]
		sc.Files = append(sc.Files, casefile.NewFileScan(r.Path, r.Document, r.Findings, r.Refused))
	}
	return s.c.SetScan(a.ID, sc)
}

// Reports is what was read of an attachment, nil if it was not read yet.
func (s *Session) Reports(id string) []sanitize.Report { return s.read[id] }

// docs lists everything that page ③ shows: the table first, then the attachments
// in the order of their rows.
func (s *Session) docs() []review.Doc {
	var out []review.Doc
	if d, ok := s.rowsDoc(); ok {
		out = append(out, d)
	}
	for _, a := range s.ordered() {
		row := s.RowNames(a.ID)
		if reports := s.read[a.ID]; reports != nil {
			for i := range reports {
				out = append(out, fromReport(a, row, &reports[i], i > 0))
			}
			continue
		}
		out = append(out, s.fromStored(a, row)...)
	}
	return out
}

func fromReport(a casefile.Attachment, row string, r *sanitize.Report, member bool) review.Doc {
	d := review.Doc{File: a.ID, Name: a.Name, Row: row, Document: r.Document, Findings: r.Findings, Refused: r.Refused}
	if member {
		d.Name = a.Name + memberMark + memberName(r.Path)
		d.File = a.ID + memberMark + r.Path
	}
	return d
}

func memberName(path string) string {
	if i := strings.Index(path, memberMark); i >= 0 {
		return path[i+1:]
	}
	return filepath.Base(path)
}

// fromStored shows what the case file knows of an attachment that was not read yet.
func (s *Session) fromStored(a casefile.Attachment, row string) []review.Doc {
	sc, err := s.Scan(a.ID)
	if err != nil || sc == nil {
		return []review.Doc{{File: a.ID, Name: a.Name, Row: row, Pending: true}}
	}
	var out []review.Doc
	for i := range sc.Files {
		f := &sc.Files[i]
		r := sanitize.Report{Path: f.Path, Findings: f.Findings, Refused: f.Refused,
			Document: &document.Document{Name: a.Name, Kind: document.Kind(f.Kind), Unchecked: f.Unchecked}}
		d := fromReport(a, row, &r, i > 0)
		d.Pending = true
		out = append(out, d)
	}
	return out
}

// ordered lists the attachments by the first row they belong to; those of no row last.
func (s *Session) ordered() []casefile.Attachment {
	all := s.c.Attachments()
	place := map[string]int{}
	for i, r := range s.c.Rows() {
		for _, id := range s.c.FilesOf(r.ID) {
			if _, ok := place[id]; !ok {
				place[id] = i
			}
		}
	}
	at := func(id string) int {
		if i, ok := place[id]; ok {
			return i
		}
		return 1 << 30
	}
	sort.SliceStable(all, func(i, j int) bool { return at(all[i].ID) < at(all[j].ID) })
	return all
}

// RowNames names the rows of an attachment in a few words; "" for none.
func (s *Session) RowNames(id string) string {
	var out []string
	for _, r := range s.c.RowsOf(id) {
		if row, i, ok := s.c.Row(r); ok {
			out = append(out, RowName(i, row.Title, row.Applicant))
		}
	}
	return strings.Join(out, "、")
}

// RowName names a row: 第 3 行 项目名称.
func RowName(i int, title, applicant string) string {
	name := strings.TrimSpace(title)
	if name == "" {
		name = strings.TrimSpace(applicant)
	}
	return strings.TrimSpace(fmt.Sprintf("第 %d 行 %s", i+1, name))
}

// Attachments are the documents of the case.
func (s *Session) Attachments() []casefile.Attachment { return s.c.Attachments() }

// FilesOf are the attachments of a row.
func (s *Session) FilesOf(row string) []string { return s.c.FilesOf(row) }

// RowsOf are the rows of an attachment.
func (s *Session) RowsOf(id string) []string { return s.c.RowsOf(id) }

// Scan is the stored scan of an attachment, nil if there is none. The caller does
// not change it.
func (s *Session) Scan(id string) (*casefile.Scan, error) {
	if sc, ok := s.scans[id]; ok {
		return sc, nil
	}
	sc, err := s.c.Scan(id)
	if err != nil {
		return nil, err
	}
	s.scans[id] = sc
	return sc, nil
}

// Counts adds up the findings of an attachment, members included.
func (s *Session) Counts(id string) review.Counts {
	var out review.Counts
	for d, doc := range s.review.Docs() {
		if file, _, _ := strings.Cut(doc.File, memberMark); file == id {
			out.Join(s.review.Counts(d))
		}
	}
	return out
}

// Remove takes attachments out of the case; the files are not touched.
func (s *Session) Remove(ids []string) error {
	err := s.c.RemoveAttachments(ids)
	s.forgetGone()
	return s.done(Files, err)
}

// Link ties attachments to exactly the rows given.
func (s *Session) Link(ids, rows []string) error {
	var off []string
	for _, r := range s.c.Rows() {
		if !slices.Contains(rows, r.ID) {
			off = append(off, r.ID)
		}
	}
	if len(off) > 0 {
		if err := s.c.SetLinks(ids, off, false); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		s.changed(Files)
		return nil
	}
	return s.done(Files, s.c.SetLinks(ids, rows, true))
}

// Relocate says where a missing document is now.
func (s *Session) Relocate(id, path string) {
	s.cfg.Tasks.Start("正在核对附件", func(ctx context.Context, _ task.Report) error {
		return s.c.Relocate(ctx, id, path)
	}, func(err error) {
		if s.closed {
			return
		}
		if err != nil {
			s.cfg.Fail("文件未能重新定位", err)
			return
		}
		s.changed(Files)
		s.Rescan([]string{id})
	})
}
