package rowspage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/submission"
	"jinggao/app/submission/tablechild"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/task"
	"jinggao/app/ui/widget/datatable"
)

// importFile asks for tables and takes their rows in, after the person has seen
// which column is taken for which.
func (g *Page) importFile() {
	g.table.Commit()
	req := platform.FileRequest{Title: "选择已填写的申报统计表", Filters: []platform.Filter{
		{Name: "表格", Extensions: []string{".xlsx", ".xls", ".et", ".csv", ".docx", ".doc", ".wps"}},
		{Name: "所有文件", Extensions: []string{".*"}},
	}}
	g.host.PickFiles(req, "import", func(paths []string) { g.Import(paths) })
}

// Import reads tables and shows the sheet on which the mapping is corrected.
func (g *Page) Import(paths []string) {
	if g.p == nil {
		return
	}
	var got []*submission.Imported
	camp := g.s.Campaign()
	read := submission.Reader(submission.ReadHere)
	if r, ok := g.s.Engine().(tablechild.Runner); ok {
		read = tablechild.Reader(r) // foreign files are read in a child process
	}
	g.s.Tasks().Start("正在读取表格", func(ctx context.Context, report task.Report) error {
		for i, p := range paths {
			report(i, len(paths), filepath.Base(p))
			im, err := submission.ImportWith(ctx, p, camp, read)
			if err != nil {
				return fmt.Errorf("import table: %w", err)
			}
			got = append(got, im)
		}
		return nil
	}, func(err error) {
		if g.p == nil || errors.Is(err, context.Canceled) { // stopped by hand
			return
		}
		if err != nil {
			g.host.Fail("表格未能读取", err)
			return
		}
		g.showImported(got)
	})
}

func (g *Page) showImported(got []*submission.Imported) {
	var tables []*submission.Taken
	var refused []submission.FileRefusal
	for _, im := range got {
		for i := range im.Tables {
			if im.Tables[i].Grid != nil {
				tables = append(tables, &im.Tables[i])
			}
		}
		refused = append(refused, im.Refused...)
	}
	if len(tables) == 0 {
		n := dialogs.Notice{What: "没有读到表格", Why: "文件中没有可识别的表格", Do: "请确认文件含有申报情况统计表"}
		if len(refused) > 0 {
			n = dialogs.NoticeOf("表格未能读取", refused[0].Err)
		}
		g.host.Dialogs().Notice(n, nil)
		return
	}
	newSheet(g, tables, refused).show()
}

// sheet is the dialog of an import: one table at a time, its mapping, a preview.
type sheet struct {
	g       *Page
	tables  []*submission.Taken
	refused []submission.FileRefusal
	use     []bool
	at      int

	pick    *dialogs.Select
	useBox  *dialogs.Check
	selects map[submission.Column]*dialogs.Select
	preview *datatable.Table[submission.Row]
	note    *widget.Label
	filling bool
}

const notThere = "（无此列）"

func newSheet(g *Page, tables []*submission.Taken, refused []submission.FileRefusal) *sheet {
	sh := &sheet{g: g, tables: tables, refused: refused, use: make([]bool, len(tables)), selects: map[submission.Column]*dialogs.Select{}}
	for i, t := range tables {
		sh.use[i] = len(t.Rows) > 0 && !t.Grid.Hidden
	}
	var names []string
	for i, t := range tables {
		names = append(names, fmt.Sprintf("%d. %s", i+1, tableName(t)))
	}
	sh.pick = dialogs.NewSelect(names, func(string) { sh.fill(sh.pick.SelectedIndex()) })
	sh.useBox = dialogs.NewCheck("导入此表", func(on bool) { sh.use[sh.at] = on; sh.tell() })
	for _, c := range submission.Editable() {
		sh.selects[c] = dialogs.NewSelect(nil, func(string) { sh.remap() })
	}
	var cols []datatable.Column[submission.Row]
	width := map[submission.Column]float32{
		submission.ColApplicant: 170, submission.ColTitle: 230, submission.ColCategory: 90,
		submission.ColTime: 100, submission.ColContact: 80, submission.ColPhone: 130,
	}
	for _, c := range submission.Editable() {
		w := width[c]
		if w == 0 {
			w = 110
		}
		cols = append(cols, datatable.Column[submission.Row]{
			ID: string(c), Label: string(c), Width: w, ReadOnly: true,
			Text: func(r submission.Row) string { return r.Get(c) },
		})
	}
	sh.preview = datatable.New(cols)
	sh.preview.Empty = "此表没有可导入的行，请检查各列的对应关系。"
	sh.note = widget.NewLabel("")
	sh.note.Wrapping = fyne.TextWrapBreak
	return sh
}

func tableName(t *submission.Taken) string {
	name := t.Grid.File
	if t.Grid.Sheet != "" {
		name += "　" + t.Grid.Sheet
	}
	if t.Grid.Hidden {
		name += "（隐藏）"
	}
	return fmt.Sprintf("%s　%d 行", name, len(t.Rows))
}

func (sh *sheet) show() {
	grid := container.NewGridWithColumns(4)
	for _, c := range submission.Editable() {
		grid.Add(container.NewBorder(nil, nil, widget.NewLabel(string(c)), nil, sh.selects[c]))
	}
	top := container.NewVBox(container.NewBorder(nil, nil, nil, sh.useBox, sh.pick),
		widget.NewLabelWithStyle("各列取自（已按表头自动对应，可更改）", fyne.TextAlignLeading, fyne.TextStyle{Bold: true}), grid)
	sh.pick.SetSelectedIndex(max(0, slices.Index(sh.use, true)))
	sh.g.host.Dialogs().Show(dialogs.Custom{
		Title: "导入表格", Content: container.NewBorder(top, sh.note, nil, nil, sh.preview),
		Size: fyne.NewSize(1120, 600), Act: "导入勾选的表", First: sh.pick,
		Valid: func() string {
			if sh.count() == 0 {
				return "没有可导入的行，请勾选表格并检查各列的对应关系"
			}
			return ""
		},
		OnAct: sh.take,
	})
}

// fill shows the table at an index.
func (sh *sheet) fill(i int) {
	if i < 0 || i >= len(sh.tables) {
		return
	}
	sh.at = i
	t := sh.tables[i]
	sh.filling = true
	options := append([]string{notThere}, columnNames(t)...)
	for c, sel := range sh.selects {
		sel.Options = options
		sel.SetSelectedIndex(0)
		if k, ok := t.Mapping.Columns[c]; ok && k+1 < len(options) {
			sel.SetSelectedIndex(k + 1)
		}
	}
	sh.useBox.SetChecked(sh.use[i])
	sh.filling = false
	sh.tell()
}

func columnNames(t *submission.Taken) []string {
	width := 0
	for _, r := range t.Grid.Rows {
		width = max(width, len(r))
	}
	out := make([]string, width)
	for i := range out {
		out[i] = letters(i) + " 列"
		if i < len(t.Mapping.Words) && t.Mapping.Words[i] != "" {
			out[i] += "　" + strings.ReplaceAll(t.Mapping.Words[i], "\n", " ")
		}
	}
	return out
}

func letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// remap takes the rows again by the corrected mapping.
func (sh *sheet) remap() {
	if sh.filling {
		return
	}
	t := sh.tables[sh.at]
	m := t.Mapping
	m.Columns = map[submission.Column]int{}
	for c, sel := range sh.selects {
		if k := sel.SelectedIndex(); k > 0 {
			m.Columns[c] = k - 1
		}
	}
	if m.Head < 0 {
		m.Body = 0
	}
	*t = submission.Take(t.Grid, m, sh.g.s.Campaign())
	sh.use[sh.at] = len(t.Rows) > 0
	sh.filling = true
	sh.useBox.SetChecked(sh.use[sh.at])
	sh.filling = false
	sh.tell()
}

func (sh *sheet) count() int {
	n := 0
	for i, t := range sh.tables {
		if sh.use[i] {
			n += len(t.Rows)
		}
	}
	return n
}

func (sh *sheet) tell() {
	t := sh.tables[sh.at]
	sh.preview.SetRows(t.Rows)
	text := fmt.Sprintf("此表 %d 行可导入", len(t.Rows))
	if len(t.Skipped) > 0 {
		text += fmt.Sprintf("，%d 行不导入（%s）", len(t.Skipped), skipWords(t.Skipped))
	}
	text += fmt.Sprintf("。合计导入 %d 行。", sh.count())
	if len(sh.refused) > 0 {
		text += fmt.Sprintf("另有 %d 个文件未能读取：%s", len(sh.refused), sh.refused[0].Err)
	}
	sh.note.SetText(text)
}

func skipWords(sk []submission.Skipped) string {
	n := map[string]int{}
	var order []string
	for _, s := range sk {
		if n[s.Reason] == 0 {
			order = append(order, s.Reason)
		}
		n[s.Reason]++
	}
	for i, r := range order {
		order[i] = fmt.Sprintf("%s %d", r, n[r])
	}
	return strings.Join(order, "、")
}

// take appends the rows of the chosen tables and fills an empty line above the table.
func (sh *sheet) take() {
	g := sh.g
	var rows []submission.Row
	h := g.p.Header()
	files := map[string]bool{}
	name := ""
	for i, t := range sh.tables {
		if !sh.use[i] {
			continue
		}
		rows = append(rows, t.Rows...)
		files[t.Grid.File], name = true, t.Grid.File
		h = fillHeader(h, t.Header)
	}
	if len(files) > 1 {
		name = fmt.Sprintf("%d 个文件", len(files))
	}
	if !g.after(fmt.Sprintf("从 %s 导入 %d 行", name, len(rows)), g.p.Take(name, rows)) {
		return
	}
	if err := g.p.SetHeader(h); err != nil {
		g.host.Fail("表头未能保存", err)
	}
	g.showRow(g.p.Len()-len(rows), 0)
	g.table.Focus()
}

func fillHeader(h, from submission.Header) submission.Header {
	if h.Department == "" {
		h.Department = from.Department
	}
	if h.Contact == "" {
		h.Contact = from.Contact
	}
	if h.Phone == "" {
		h.Phone = from.Phone
	}
	return h
}
