package tablefile_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission/tablefile"

	"jinggao/sanitize/format/xls/xlstest"
)

// Files with bytes changed, cut or repeated are read or refused, without a panic
// and in good time. JINGGAO_MUTATIONS asks for more of them than usual.
func TestMutatedFiles(t *testing.T) {
	rounds := 150
	if n, err := strconv.Atoi(os.Getenv("JINGGAO_MUTATIONS")); err == nil {
		rounds = n
	}
	r := rand.New(rand.NewPCG(1, 2))
	for name, data := range map[string][]byte{
		"a.xls":  xlstest.Workbook(),
		"a.doc":  docFixture(),
		"a.docx": wordXML(t, `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`),
		"a.xlsx": workbook(t, func(x *excelize.File) { _ = x.SetSheetRow("Sheet1", "A1", &[]any{"甲", 1, 2.5}) }),
		"a.html": []byte("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>"),
	} {
		for i := range rounds {
			b := mutate(r, data)
			start := time.Now()
			for _, f := range tablefile.Read(name, b) {
				if f.Refused != nil && strings.Contains(f.Refused.Detail, "panic") {
					t.Errorf("%s, mutation %d: %s", name, i, f.Refused.Detail)
				}
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%s, mutation %d took %v", name, i, took)
			}
		}
	}
}

func mutate(r *rand.Rand, data []byte) []byte {
	b := append([]byte(nil), data...)
	for range 1 + r.IntN(6) {
		i := r.IntN(len(b))
		switch r.IntN(5) {
		case 0:
			b[i] = byte(r.Uint32())
		case 1:
			b[i] = []byte{0, 1, 0x7F, 0x80, 0xFF}[r.IntN(5)]
		case 2:
			b[i] ^= 1 << r.IntN(8)
		case 3:
			if len(b) > 64 && r.IntN(4) == 0 {
				b = b[:i+1]
			}
		case 4:
			j := min(len(b), i+1+r.IntN(16))
			copy(b[i:j], b[r.IntN(i+1):])
		}
	}
	return b
}
