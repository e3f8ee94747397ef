package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
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
				out = append(out, path) // let AddFiles say why
				return filepath.SkipDir
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
		go debug.FreeOSMemory() // what reading took is not needed any more
		if !s.closed {
			s.changed(Files)
			if err != nil && !errors.Is(err, context.Canceled) && s.cfg.Fail != nil {
				s.cfg.Fail("扫描未能完成", err)
			}
		}
	})
}

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
				s.scanOne(document.WithSteps(ctx, func(page, pages int) {
					mu.Lock()
					defer mu.Unlock()
					report(done, len(todo), fmt.Sprintf("%s　第%d/%d页", a.Name, page, pages))
				}), a)
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
