package doc_test

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/doc"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/ole/oletest"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

var le = binary.LittleEndian

func wide(s string) []byte {
	var out []byte
	for _, c := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, c)
	}
	return out
}

// docFixture is a Word 97 document: a paragraph, a table of two rows of two cells
// (the first cell of two paragraphs), in one wide piece.
func docFixture() []byte {
	text := "标题\r甲\r乙\a丙\a\a丁\a\a\a后文\r"
	u := wide(text)
	main := make([]byte, 2048)
	le.PutUint16(main[0:], 0xA5EC)
	le.PutUint16(main[2:], 0xC1)
	le.PutUint16(main[0x0A:], 0x0200)
	le.PutUint16(main[0x20:], 14)
	lw := 0x22 + 28
	le.PutUint16(main[lw:], 22)
	le.PutUint32(main[lw+2+12:], uint32(len(u)/2))
	fl := lw + 2 + 88
	le.PutUint16(main[fl:], 93)
	const textAt = 1024
	main = append(main[:textAt], u...)
	for len(main) < 2048 {
		main = append(main, 0)
	}
	// one page of paragraph properties
	page := make([]byte, 512)
	ends := []int{}
	for i, c := range []rune(text) {
		if c == '\r' || c == '\a' {
			ends = append(ends, textAt+2*(i+1))
		}
	}
	n := len(ends)
	page[511] = byte(n)
	le.PutUint32(page[0:], textAt)
	inTable := append([]byte{0x16, 0x24, 1}, 0) // sprmPFInTable
	rowEnd := []byte{0x16, 0x24, 1, 0x17, 0x24, 1}
	put := func(at int, props []byte) byte {
		page[at] = byte((len(props) + 4) / 2) // 2*cb-1 bytes or one less: istd and properties
		copy(page[at+3:], props)
		return byte(at / 2)
	}
	a, b := put(400, inTable[:3]), put(440, rowEnd)
	kind := []byte{0, a, a, a, b, a, a, b, 0}
	for k, e := range ends {
		le.PutUint32(page[4*(k+1):], uint32(e))
		page[4*(n+1)+13*k] = kind[k]
	}
	main = append(main, page...)
	// table stream: piece table and the list of pages
	plc := le.AppendUint32(le.AppendUint32(nil, 0), uint32(len(u)/2))
	plc = append(plc, 0, 0)
	plc = le.AppendUint32(plc, textAt)
	plc = append(plc, 0, 0)
	clx := append([]byte{2}, le.AppendUint32(nil, uint32(len(plc)))...)
	clx = append(clx, plc...)
	bte := le.AppendUint32(le.AppendUint32(nil, textAt), uint32(textAt+len(u)))
	bte = le.AppendUint32(bte, 4)
	le.PutUint32(main[fl+2+8*33:], 0)
	le.PutUint32(main[fl+2+8*33+4:], uint32(len(clx)))
	le.PutUint32(main[fl+2+8*13:], uint32(len(clx)))
	le.PutUint32(main[fl+2+8*13+4:], uint32(len(bte)))
	return oletest.Compound(map[string][]byte{"WordDocument": main, "1Table": append(clx, bte...)}, "WordDocument", "1Table")
}

func TestReadAndRebuild(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.doc", Data: docFixture()}
	d, err := doc.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	main := d.Part("word/document.xml")
	if main == nil || main.Text != "标题\n甲\n乙\t丙\n丁\t\n后文\n" && main.Text != "标题\n甲\n乙\t丙\n丁\t\n后文" {
		t.Fatalf("text %+v", main)
	}
	if len(main.Cells) != 4 || main.Cells[2].Row != 1 {
		t.Errorf("cells %+v", main.Cells)
	}
	plan := document.Plan{Edits: []document.Edit{{Part: main.ID, Span: document.Span{Start: 0, End: 2}, Text: "甲方"}}}
	out, err := doc.Rebuild(ctx, src, plan)
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("docx", out.Data, []string{"标题"}); len(p) > 0 {
		t.Errorf("proof: %v", p)
	}
	again, err := docx.Read(ctx, document.Source{Name: "a.docx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(verify.Visible(again)), ""); got != "甲方甲乙丙丁后文" {
		t.Errorf("copy reads %q", got)
	}
	if p := again.Part("word/document.xml"); p == nil || len(p.Cells) != 4 {
		t.Errorf("the table is not one: %+v", p)
	}
}

func TestRefusals(t *testing.T) {
	old, locked := docFixture(), docFixture()
	le.PutUint16(old[512+2:], 0x65)
	le.PutUint16(locked[512+0x0A:], 0x0300)
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"word 95":  {old, "过旧"},
		"password": {locked, "加密"},
		"cut off":  {docFixture()[:1500], "损坏"},
		"nothing":  {nil, "损坏"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := doc.Read(context.Background(), document.Source{Name: "a.doc", Data: c.data})
			var r *document.Refusal
			if !errors.As(err, &r) || !strings.Contains(r.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(docFixture())
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = doc.Read(context.Background(), document.Source{Name: "a.doc", Data: data}) // must return
	})
}
