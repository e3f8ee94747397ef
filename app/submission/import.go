package submission

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"jinggao/app/submission/tablefile"
	"jinggao/sanitize/document"
)

// Reader reads the tables of a foreign file. tablefile.Read does it in this
// process; a caller may hand it to a child process instead.
type Reader func(ctx context.Context, name string, data []byte) ([]tablefile.File, error)

// ReadHere reads in this process.
func ReadHere(_ context.Context, name string, data []byte) ([]tablefile.File, error) {
	return tablefile.Read(name, data), nil
}

// ImportFile reads a file from disk with guessed mappings, in this process. An
// error is returned only when ctx ends; a file that cannot be read is in Refused.
func ImportFile(ctx context.Context, path string, c *Campaign) (*Imported, error) {
	return ImportWith(ctx, path, c, ReadHere)
}

// ImportWith is ImportFile with a reader of the caller's.
func ImportWith(ctx context.Context, path string, c *Campaign, read Reader) (*Imported, error) {
	name := filepath.Base(path)
	data, refused := load(path)
	if refused != nil {
		return &Imported{File: name, Refused: []FileRefusal{{File: name, Err: refused}}}, nil //nolint:nilerr // a refused file is a result
	}
	return ImportData(ctx, name, data, c, read)
}

// ImportData is ImportFile for a file in memory.
func ImportData(ctx context.Context, name string, data []byte, c *Campaign, read Reader) (*Imported, error) {
	files, err := read(ctx, name, data)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	im := &Imported{File: name}
	if err != nil {
		var r *document.Refusal
		if !errors.As(err, &r) {
			r = &document.Refusal{What: "文件无法读取", Why: "读取程序中断，文件可能已损坏", Do: "请用 WPS 或 Office 打开后另存为 .xlsx，再导入", Detail: err.Error()}
		}
		im.Refused = append(im.Refused, FileRefusal{File: name, Err: r})
		return im, nil
	}
	for i := range files {
		im.file(&files[i], c)
	}
	return im, nil
}

func load(path string) ([]byte, *document.Refusal) {
	st, err := os.Stat(path)
	if err == nil && st.IsDir() {
		return nil, &document.Refusal{What: "这是文件夹，不是表格文件", Do: "请选择其中的文件"}
	}
	if err == nil && st.Size() > tablefile.MaxFile {
		return nil, &document.Refusal{What: "文件过大，未读取", Why: fmt.Sprintf("超过 %d MB", tablefile.MaxFile>>20), Do: "请只保留申报情况统计表，另存后再导入"}
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(path)
	}
	if err != nil {
		r := &document.Refusal{What: "文件无法读取", Why: "文件被占用或没有权限", Do: "请关闭正在使用它的程序后重试", Detail: err.Error()}
		if os.IsNotExist(err) {
			r.Why, r.Do = "文件不在原处", "请重新选择文件"
		}
		return nil, r
	}
	return data, nil
}

// file takes one file or member over.
func (im *Imported) file(f *tablefile.File, c *Campaign) {
	switch {
	case f.Refused != nil:
		im.Refused = append(im.Refused, FileRefusal{File: f.Name, Err: f.Refused})
		return
	case f.Other:
		im.General = append(im.General, Problem{Level: Warning, Kind: KindSkipped, Source: Source{File: f.Name}, Message: "不是表格文件，未导入；如为申报材料，请作为附件加入"})
		return
	}
	var bare []*Grid // tables without a header that we know
	found := false
	for i := range f.Grids {
		g := &f.Grids[i]
		if len(g.Rows) == 0 {
			continue
		}
		m := Guess(g, c)
		if m.Head < 0 {
			bare = append(bare, g)
			continue
		}
		t := Take(g, m, c)
		found = true
		if len(t.Rows) == 0 {
			t.Problems = append(t.Problems, Problem{Level: Warning, Kind: KindNoTable, Source: Source{File: g.File, Sheet: g.Sheet, Table: g.Table}, Message: "有表头，没有数据行"})
		}
		im.Tables = append(im.Tables, t)
	}
	if !found {
		bare, found = im.forms(bare, c)
	}
	if !found {
		im.Refused = append(im.Refused, FileRefusal{File: f.Name, Err: &document.Refusal{
			What: "没有找到申报情况统计表", Why: "未见含有申报主体、项目名称等的表头", Do: "请检查是否选错文件，或补上表头后再导入",
		}})
		return
	}
	im.left(f.Name, bare)
}

// forms reads tables without a header as forms for one application each; the rest
// is returned.
func (im *Imported) forms(grids []*Grid, c *Campaign) (rest []*Grid, found bool) {
	for _, g := range grids {
		if t, ok := takeForm(g, c); ok {
			im.Tables = append(im.Tables, t)
			found = true
		} else {
			rest = append(rest, g)
		}
	}
	return rest, found
}

// left reports what is no table of applications beside one that is.
func (im *Imported) left(file string, grids []*Grid) {
	var names []string
	for _, g := range grids {
		names = append(names, sheetName(g))
		im.addHidden(g)
	}
	if len(names) > 0 {
		im.General = append(im.General, Problem{Level: Warning, Kind: KindSkipped, Source: Source{File: file}, Message: "没有申报表的部分，未导入：" + strings.Join(names, "、")})
	}
}

// addHidden reports a hidden sheet even where it holds no table.
func (im *Imported) addHidden(g *Grid) {
	if g.Hidden {
		im.General = append(im.General, Problem{Level: Warning, Kind: KindHiddenSheet, Source: Source{File: g.File, Sheet: g.Sheet}, Message: fmt.Sprintf("隐藏的工作表“%s”有内容，未导入", g.Sheet)})
	}
}

func sheetName(g *Grid) string {
	if g.Sheet == "" {
		return "表格"
	}
	return g.Sheet
}
