package csv_test

import (
	"context"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/csv"
)

func read(t *testing.T, s string) *document.Part {
	t.Helper()
	doc, err := csv.Read(context.Background(), document.Source{Name: "名单.csv", Data: []byte(s)})
	if err != nil {
		t.Fatal(err)
	}
	return &doc.Parts[0]
}

func TestCells(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		texts []string
		label string // of the last cell
	}{
		"comma":      {"姓名,单位\n韩砚秋,\"甲厂,一分厂\"\n", []string{"姓名", "单位", "韩砚秋", "甲厂,一分厂"}, "单位"},
		"tab":        {"姓名\t单位\n韩砚秋\t甲厂", []string{"姓名", "单位", "韩砚秋", "甲厂"}, "单位"},
		"semicolon":  {"a;b\n1;2", []string{"a", "b", "1", "2"}, "b"},
		"title":      {"统计表\n姓名,电话\n韩砚秋,1", []string{"统计表", "姓名", "电话", "韩砚秋", "1"}, "电话"},
		"quote":      {"a,b\n\"他说\"\"好\"\"\",2", []string{"a", "b", "他说\"\"好\"\"", "2"}, "b"},
		"open quote": {"a,\"b", []string{"a", "b"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := read(t, c.in)
			r := []rune(p.Text)
			var got []string
			for _, cell := range p.Cells {
				got = append(got, string(r[cell.Start:cell.End]))
			}
			if len(got) != len(c.texts) {
				t.Fatalf("cells %q", got)
			}
			for i := range got {
				if got[i] != c.texts[i] {
					t.Errorf("cell %d: %q want %q", i, got[i], c.texts[i])
				}
			}
			if l := p.Cells[len(p.Cells)-1].Label; l != c.label {
				t.Errorf("label %q want %q", l, c.label)
			}
		})
	}
}

func TestReplacementKeepsTheTable(t *testing.T) {
	src := document.Source{Name: "a.csv", Data: []byte("姓名,单位\r\n韩砚秋,甲厂\r\n")}
	out, err := csv.Rebuild(context.Background(), src, document.Plan{Edits: []document.Edit{{Part: "text", Span: document.Span{Start: 6, End: 9}, Text: "某人, \"甲\""}}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(out.Data), "姓名,单位\r\n某人， ”甲”,甲厂\r\n"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a,\"b\"\"\n,;\t")
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := csv.Read(context.Background(), document.Source{Name: "a.csv", Data: []byte(s)})
		if err != nil {
			return
		}
		n := len([]rune(doc.Parts[0].Text))
		last := 0
		for _, c := range doc.Parts[0].Cells {
			if c.Start < last || c.End < c.Start || c.End > n {
				t.Fatalf("cell %+v out of order or range %d", c, n)
			}
			last = c.End
		}
	})
}
