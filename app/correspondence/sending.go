package correspondence

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"jinggao/app/submission"
)

// Nature says how a sending relates to the one before.
type Nature string

// Natures of a sending.
const (
	First      Nature = "首次报送"
	Again      Nature = "再次报送" // the same table once more
	Correction Nature = "更正"
	Supplement Nature = "补报" // only further rows
)

// Natures lists them in the order of the screen.
func Natures() []Nature { return []Nature{First, Correction, Supplement, Again} }

// Mark is what stands behind the title of the table: （更正）, （补报） or nothing.
func (n Nature) Mark() string {
	if n == Correction || n == Supplement {
		return "（" + string(n) + "）"
	}
	return ""
}

// SentRow is a row as it was sent: the six columns of the official table.
type SentRow struct {
	ID     string    `json:"id"`
	Fields [6]string `json:"fields"` // in the order of sentColumns
}

// Sending is one table that went out, or for which a draft was written.
type Sending struct {
	At     time.Time         `json:"at"`
	Nature Nature            `json:"nature"`
	To     string            `json:"to"` // mailbox
	Header submission.Header `json:"header"`
	Rows   []SentRow         `json:"rows"`
	Digest string            `json:"digest"` // of header and rows, SHA-256
}

func sentColumns() [6]submission.Column {
	return [6]submission.Column{submission.ColApplicant, submission.ColCategory, submission.ColTitle, submission.ColTime, submission.ColContact, submission.ColPhone}
}

// NewSending takes down what is about to go out. rows are those of the clean table.
func NewSending(rows []submission.Row, h submission.Header, to string, nature Nature, at time.Time) Sending {
	s := Sending{At: at, Nature: nature, To: to, Header: h, Rows: make([]SentRow, len(rows))}
	sum := sha256.New()
	write := func(fields ...string) {
		for _, f := range fields {
			fmt.Fprintf(sum, "%d:%s,", len(f), f)
		}
	}
	write(h.Department, h.Contact, h.Phone)
	for i := range rows {
		s.Rows[i].ID = rows[i].ID
		for j, c := range sentColumns() {
			s.Rows[i].Fields[j] = rows[i].Get(c)
		}
		write(s.Rows[i].Fields[:]...)
	}
	s.Digest = hex.EncodeToString(sum.Sum(nil))
	return s
}

// Change is one difference between two sendings, in words.
type Change struct {
	Kind string // 新增, 删除, 修改, 表头, 顺序
	Text string // 第 2 项：项目名称由“…”改为“…”
}

// Kinds of changes.
const (
	Added    = "新增"
	Removed  = "删除"
	Modified = "修改"
	Heading  = "表头"
	Order    = "顺序"
)

// Diff lists what differs from an earlier sending. Rows are the same by ID, or by
// applicant and title where they were typed in anew. What stood or stands in 联系人
// and 联系方式 is not repeated.
func Diff(before, now Sending) []Change {
	var out []Change
	if before.Header != now.Header {
		out = append(out, Change{Heading, "部门、联系人或联系方式有更新"})
	}
	old := pair(before.Rows, now.Rows)
	used := make([]bool, len(before.Rows))
	last, moved := -1, false
	for i, r := range now.Rows {
		j := old[i]
		if j < 0 {
			out = append(out, Change{Added, fmt.Sprintf("第 %d 项：%s", i+1, name(r))})
			continue
		}
		used[j] = true
		moved, last = moved || j < last, max(last, j)
		if text := fields(before.Rows[j], r); text != "" {
			out = append(out, Change{Modified, fmt.Sprintf("第 %d 项 %s：%s", i+1, name(r), text)})
		}
	}
	for j, r := range before.Rows {
		if !used[j] {
			out = append(out, Change{Removed, fmt.Sprintf("原第 %d 项：%s", j+1, name(r))})
		}
	}
	if moved {
		out = append(out, Change{Order, "项目的排列顺序有调整"})
	}
	return out
}

// pair gives for each row of now the index of the same row before, or -1.
func pair(before, now []SentRow) []int {
	byID, byName := map[string]int{}, map[string]int{}
	for j, r := range before {
		byID[r.ID] = j
		byName[key(r)] = j
	}
	out, taken := make([]int, len(now)), map[int]bool{}
	for i, r := range now {
		out[i] = -1
		if j, ok := byID[r.ID]; ok && r.ID != "" {
			out[i], taken[j] = j, true
		}
	}
	for i, r := range now {
		if j, ok := byName[key(r)]; ok && out[i] < 0 && !taken[j] {
			out[i], taken[j] = j, true
		}
	}
	return out
}

func key(r SentRow) string { return r.Fields[0] + "\x00" + r.Fields[2] }

func name(r SentRow) string { return fmt.Sprintf("%s《%s》", r.Fields[0], r.Fields[2]) }

func fields(a, b SentRow) string {
	var out []string
	for i, c := range sentColumns() {
		switch {
		case a.Fields[i] == b.Fields[i]:
		case c == submission.ColContact || c == submission.ColPhone:
			out = append(out, string(c)+"已更新")
		default:
			out = append(out, fmt.Sprintf("%s由“%s”改为“%s”", c, a.Fields[i], b.Fields[i]))
		}
	}
	return strings.Join(out, "，")
}

// Propose says what a sending is after those before it, and what differs from the
// last of them.
func Propose(before []Sending, now Sending) (Nature, []Change) {
	if len(before) == 0 {
		return First, nil
	}
	changes := Diff(before[len(before)-1], now)
	if len(changes) == 0 {
		return Again, nil
	}
	for _, c := range changes {
		if c.Kind != Added {
			return Correction, changes
		}
	}
	return Supplement, changes
}

// Keeper keeps small texts; casefile.Case is one.
type Keeper interface {
	Setting(key string) string
	SetSetting(key, value string) error
}

const sendingsKey = "sendings"

// Sendings reads the sendings of a case, oldest first.
func Sendings(k Keeper) ([]Sending, error) {
	text := k.Setting(sendingsKey)
	if text == "" {
		return nil, nil
	}
	var out []Sending
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return nil, fmt.Errorf("read sendings of the case: %w", err)
	}
	return out, nil
}

// Keep adds a sending to those of a case.
func Keep(k Keeper, s Sending) error {
	all, err := Sendings(k)
	if err != nil {
		return err
	}
	b, err := json.Marshal(append(all, s))
	if err != nil {
		return fmt.Errorf("encode sendings: %w", err)
	}
	return k.SetSetting(sendingsKey, string(b))
}
