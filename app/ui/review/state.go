// Package review is page ③ 敏感信息审核: every finding is shown in its document,
// decided by a person and stored at once. The presenter is plain Go; the view
// shows what the presenter says.
package review

import (
	"strings"

	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// ActionWithdraw is stored when a person has taken note that a file is 整件移出.
// It never reaches the engine: a withdrawn file is not copied at all.
const ActionWithdraw redact.Action = "withdraw"

// State says what has been decided about a finding.
type State int

// States, in the words of the screen (taxonomy, ruling 11).
const (
	Open      State = iota // 待处理
	Hint                   // 提示: S4, nobody has to decide
	Waiting                // 待复核: decided by the clerk, the second person is missing
	Treated                // 已脱敏
	Replaced               // 已替换
	Ignored                // 已忽略
	Withdrawn              // 整件移出
	Cleared                // 认定非密级标志
)

// String is the word on the screen.
func (s State) String() string {
	switch s {
	case Hint:
		return "提示"
	case Waiting:
		return "待复核"
	case Treated:
		return "已脱敏"
	case Replaced:
		return "已替换"
	case Ignored:
		return "已忽略"
	case Withdrawn:
		return "整件移出"
	case Cleared:
		return "非密级标志"
	}
	return "待处理"
}

// Sign is the shape that goes with the word, so that colour never stands alone.
func (s State) Sign() string {
	switch s {
	case Hint:
		return "·"
	case Waiting:
		return "◐"
	case Treated:
		return "✓"
	case Replaced:
		return "→"
	case Ignored, Cleared:
		return "–"
	case Withdrawn:
		return "×"
	}
	return "●"
}

// Settled tells whether nothing more has to be decided.
func (s State) Settled() bool { return s != Open && s != Waiting }

// StateOf derives the state of a finding from the decision about it, if any.
func StateOf(f *finding.Finding, d *redact.Decision) State {
	if d == nil {
		if f.Level == finding.S4 {
			return Hint
		}
		return Open
	}
	switch d.Action {
	case ActionWithdraw:
		return Withdrawn
	case redact.ActionNotAMark:
		if d.Confirmed == "" {
			return Waiting
		}
		return Cleared
	case redact.ActionIgnore:
		if f.Level <= finding.S2 && d.Confirmed == "" {
			return Waiting
		}
		return Ignored
	case redact.ActionReplace:
		if f.Level == finding.S1 && d.Confirmed == "" {
			return Waiting
		}
		return Replaced
	}
	if f.Level == finding.S1 && d.Confirmed == "" {
		return Waiting
	}
	return Treated
}

// LevelWord says a level in words that a clerk knows.
func LevelWord(l finding.Level) string {
	switch l {
	case finding.S1:
		return "S1 阻断"
	case finding.S2:
		return "S2 高"
	case finding.S3:
		return "S3 中"
	case finding.S4:
		return "S4 提示"
	}
	return "未分级"
}

// Reason is one choice of 忽略理由.
type Reason struct {
	Word string
	Note bool // a note must be written
}

// Reasons are the choices of 忽略, in the order of the keys 1–5.
func Reasons() []Reason {
	return []Reason{
		{Word: "误报·非敏感"},
		{Word: "已公开信息"},
		{Word: "业务必需保留", Note: true},
		{Word: "同名不同义"},
		{Word: "其他", Note: true},
	}
}

// JoinReason makes the reason that is stored: the choice and the note.
func JoinReason(r Reason, note string) string {
	note = strings.TrimSpace(note)
	if note == "" {
		return r.Word
	}
	return r.Word + "：" + note
}

// NeedsNote tells whether ignoring a finding of this level for this reason needs a written note.
func NeedsNote(l finding.Level, r Reason) bool { return r.Note || l <= finding.S2 }

// NeedsSecond tells whether a decision needs the 复核人 before it counts.
func NeedsSecond(f *finding.Finding, a redact.Action) bool {
	switch a {
	case redact.ActionNotAMark:
		return true
	case redact.ActionIgnore:
		return f.Level <= finding.S2
	case ActionWithdraw:
		return false
	}
	return f.Level == finding.S1
}
