package casefile

import (
	"fmt"
	"os"

	"jinggao/sanitize/finding"
)

// storedScan is a Scan on disk; levels of findings have to be kept by hand.
type storedScan struct {
	Scan
	Levels [][]string          `json:"levels"`
	Found  [][]finding.Finding `json:"found"`
}

// SetScan stores what a scan found and sets the state of the attachment. It is no
// command: undo does not bring an older scan back.
func (c *Case) SetScan(id string, s Scan) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := c.findAttachment(id)
	if i < 0 {
		return ErrGone
	}
	a := c.attachments[i]
	a.State, a.Note = scanState(&s)
	a.Kind = scanKind(&s, a.Kind)
	if s.SHA256 != "" && s.SHA256 != a.SHA256 {
		a.SHA256 = s.SHA256
		if st, err := os.Stat(c.locate(&a)); err == nil {
			a.Size, a.Modified = st.Size(), st.ModTime().Round(0)
		}
	}
	st := storedScan{Scan: s}
	for i := range s.Files {
		fs := s.Files[i].Findings
		lv := make([]string, len(fs))
		for j := range fs {
			lv[j] = fs[j].Level.String()
		}
		st.Found, st.Levels = append(st.Found, fs), append(st.Levels, lv)
	}
	err := c.write(func() error {
		if err := put(c.db, tabScans, id, "", st); err != nil {
			return err
		}
		if err := put(c.db, tabAttachments, id, "", a); err != nil {
			return err
		}
		return c.log(fmt.Sprintf("扫描附件 %d：%s", i+1, a.State.Chinese()))
	})
	if err == nil {
		c.attachments[i] = a
	}
	return err
}

// Scan returns the last scan of an attachment, nil if there was none.
func (c *Case) Scan(id string) (*Scan, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return nil, errClosed()
	}
	var st storedScan
	ok, err := get(c.db, tabScans, id, "", &st)
	if err != nil {
		return nil, openNotice(c.path, err)
	}
	if !ok {
		return nil, nil
	}
	for i := range st.Files {
		if i >= len(st.Found) || i >= len(st.Levels) {
			break
		}
		fs := st.Found[i]
		for j := range fs {
			if j < len(st.Levels[i]) {
				fs[j].Level = parseLevel(st.Levels[i][j])
			}
		}
		st.Files[i].Findings = fs
	}
	return &st.Scan, nil
}

func scanKind(s *Scan, old string) string {
	if len(s.Files) == 1 && s.Files[0].Kind != "" {
		return s.Files[0].Kind
	}
	return old
}

func scanState(s *Scan) (State, string) {
	state, note := StateRead, ""
	refused := 0
	for i := range s.Files {
		f := &s.Files[i]
		switch {
		case f.Refused != nil:
			refused++
			note = f.Refused.Error()
		case len(f.Unchecked) > 0:
			state = StatePartial
		}
	}
	if refused > 0 && refused == len(s.Files) {
		return StateRefused, note
	}
	if refused > 0 {
		return StatePartial, note
	}
	return state, ""
}

func parseLevel(s string) finding.Level {
	if len(s) == 2 && s[0] == 'S' && s[1] >= '1' && s[1] <= '4' {
		return finding.Level(s[1] - '0')
	}
	return 0
}
