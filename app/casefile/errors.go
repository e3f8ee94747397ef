package casefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"jinggao/sanitize/document"
)

// Reasons why a case is not opened. Each comes wrapped together with a
// *document.Refusal that people are shown; match with errors.Is.
var (
	ErrNewer   = errors.New("case file of a newer version")
	ErrDamaged = errors.New("case file damaged")
	ErrForeign = errors.New("not a case file")
	ErrInUse   = errors.New("case file in use")
	ErrExists  = errors.New("file exists")
	ErrMissing = errors.New("case file missing")
	ErrAccess  = errors.New("case file not writable")
	// ErrNothing is returned by Undo and Redo where there is nothing to do.
	ErrNothing = errors.New("没有可以撤销或重做的操作")
	// ErrGone is returned where a row or an attachment named by ID is not there.
	ErrGone = errors.New("该项已不在案卷中")
)

// notice joins a sentinel with what people are shown.
type notice struct {
	kind error
	*document.Refusal
}

func (n *notice) Unwrap() []error { return []error{n.kind, n.Refusal} }

func newNotice(kind error, what, why, do string, detail error) error {
	r := &document.Refusal{What: what, Why: why, Do: do}
	if detail != nil {
		r.Detail = detail.Error()
	}
	return &notice{kind: kind, Refusal: r}
}

func newerNotice(version int) error {
	return newNotice(ErrNewer, "案卷由更新版本的净稿建立，未打开",
		fmt.Sprintf("案卷格式为第 %d 版，本程序只认到第 %d 版", version, formatVersion),
		"请安装新版净稿后再打开，案卷未作任何改动", nil)
}

func damagedNotice(path string, detail error) error {
	do := "请联系技术人员，案卷未作任何改动"
	if b := newestBackup(path); b != "" {
		do = "可打开最近的备份“" + filepath.Base(b) + "”（在文件夹“" + filepath.Base(filepath.Dir(b)) + "”中），原案卷未作任何改动"
	}
	return newNotice(ErrDamaged, "案卷文件已损坏，无法打开", "文件内容不完整或被改动过，可能是拷贝中断或磁盘故障", do, detail)
}

func foreignNotice() error {
	return newNotice(ErrForeign, "这不是净稿的案卷文件", "文件内容不是案卷格式", "请选择扩展名为 "+Ext+" 的案卷文件", nil)
}

func inUseNotice() error {
	return newNotice(ErrInUse, "案卷已经打开", "另一个窗口或另一台电脑正在使用这个案卷", "请先在那里关闭，再重新打开", nil)
}

// openNotice translates what the operating system or SQLite says on opening.
func openNotice(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return newNotice(ErrMissing, "找不到案卷文件", "文件已被移动、改名或删除", "请在“打开”中重新选择", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.CANTOPEN), errors.Is(err, sqlite3.PERM):
		return newNotice(ErrAccess, "案卷文件不能写入", "文件或所在文件夹为只读，或没有权限", "请把案卷放到本机可写的文件夹后再打开", err)
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return inUseNotice()
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		return damagedNotice(path, err)
	}
	return newNotice(ErrAccess, "案卷无法打开", "读取案卷文件时出错", "请重试；仍然不行时换一个文件夹", err)
}

// saveNotice translates an error while writing. The change was not made.
func saveNotice(err error) error {
	if err == nil {
		return nil
	}
	why := "写入案卷文件时出错"
	if errors.Is(err, sqlite3.FULL) {
		why = "磁盘空间不足"
	} else if errors.Is(err, os.ErrPermission) || errors.Is(err, sqlite3.READONLY) {
		why = "案卷文件或文件夹不可写"
	}
	return newNotice(ErrAccess, "改动未能保存", why, "请检查磁盘后重做这一步，此前的内容不受影响", err)
}
