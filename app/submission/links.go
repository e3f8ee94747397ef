package submission

// FileLink is an attachment with the rows it belongs to, by ID.
type FileLink struct {
	ID, Name string
	Rows     []string
}

// LinkProblems finds rows without attachments and attachments without a row. A case
// without any attachment is one that only gathers the table: it gives none.
func LinkProblems(rows []Row, files []FileLink) []Problem {
	if len(files) == 0 {
		return nil
	}
	there := make(map[string]bool, len(rows))
	for i := range rows {
		there[rows[i].ID] = true
	}
	has := map[string]bool{}
	var lone []Problem
	for _, f := range files {
		linked := false
		for _, id := range f.Rows {
			has[id] = true
			linked = linked || there[id]
		}
		if !linked {
			lone = append(lone, Problem{Level: Warning, Kind: KindNoRow, Message: "附件“" + clip(f.Name, 40) + "”没有对应的项目", Other: f.ID})
		}
	}
	var out []Problem
	for i := range rows {
		if r := &rows[i]; !has[r.ID] {
			out = append(out, Problem{RowID: r.ID, Level: Warning, Kind: KindNoFiles, Source: r.Source, Title: r.Title, Message: "没有附件材料"})
		}
	}
	return append(out, lone...)
}
