package submission

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Repetitions. Two rows are compared by keys: the folded title and applicant, and
// for nearly equal titles the core of the title, which leaves out words that do
// not change what is meant. Two cores are near where they are equal or where one
// or two characters differ in a long one.
//
// A pair of long strings within two edits shares one of three equal pieces, at
// most two places apart. Pieces are looked up in a table, so 5,000 titles are
// compared without looking at every pair.

var (
	reParens  = regexp.MustCompile(`[(（【\[][^()（）【】\[\]]{0,12}[)）】\]]`)
	stopWords = strings.NewReplacer("及其", "", "以及", "", "的", "", "及", "", "与", "", "和", "", "之", "", "暨", "")
	tailWords = []string{"研究项目", "研究", "项目", "课题", "成果", "应用", "示范"}
)

// titleCore leaves out brackets, little words and endings that do not tell
// achievements apart.
func titleCore(title string) string {
	s := stopWords.Replace(fold(reParens.ReplaceAllString(title, "")))
	for again := true; again; {
		again = false
		for _, w := range tailWords {
			if t := strings.TrimSuffix(s, w); t != s && len([]rune(t)) >= 6 {
				s, again = t, true
			}
		}
	}
	if s == "" {
		return fold(title)
	}
	return s
}

// applicantKey makes spellings of one name equal.
func applicantKey(name string) string {
	s := fold(name)
	s = strings.ReplaceAll(s, "有限责任公司", "有限公司")
	return s
}

type rowKey struct {
	title, core, applicant, bare string // bare: without any company form
	runes                        []rune // of the core
}

func keyOf(r *Row) rowKey {
	a := applicantKey(r.Applicant)
	bare := strings.NewReplacer("股份有限公司", "", "有限公司", "", "集团", "").Replace(a)
	core := titleCore(r.Title)
	return rowKey{fold(r.Title), core, a, bare, []rune(core)}
}

// repetitions compares every row with those above it; the problems are by index
// of the later row.
func (k *checker) repetitions(rows []Row) map[int][]Problem {
	out := map[int][]Problem{}
	keys := make([]rowKey, len(rows))
	idx := newNearIndex()
	for i := range rows {
		keys[i] = keyOf(&rows[i])
		if keys[i].core == "" {
			continue
		}
		for _, j := range idx.near(keys[i].core) {
			if p, ok := compare(&rows[j], &rows[i], keys[j], keys[i]); ok {
				out[i] = append(out[i], p)
				break // one remark about the first like it is enough
			}
		}
		idx.add(i, keys[i].core)
	}
	return out
}

// compare says what the likeness of two rows amounts to; a is the earlier row.
func compare(a, b *Row, ka, kb rowKey) (Problem, bool) {
	p := Problem{RowID: b.ID, Other: a.ID, Column: ColTitle, Level: Warning, Kind: KindNearDuplicate, Source: b.Source, Title: b.Title}
	sameTitle := ka.title == kb.title
	who := ka.applicant == kb.applicant
	like := who || ka.bare != "" && ka.bare == kb.bare
	where := "前面已有的一行"
	if s := a.Source.String(); s != "" {
		where = "“" + s + "”"
	}
	switch {
	case sameTitle && like && a.Category != "" && b.Category != "" && a.Category != b.Category:
		p.Kind, p.Level, p.Column = KindTwoCategories, Error, ColCategory
		p.Message = fmt.Sprintf("同一成果按两个类别申报（%s、%s），每项成果只可选择一个类别；另一行见%s", a.Category, b.Category, where)
	case sameTitle && who && sameRow(a, b):
		p.Kind, p.Level, p.Message = KindDuplicate, Error, "与"+where+"完全相同，重复申报"
	case sameTitle && who:
		p.Kind, p.Level, p.Message = KindDuplicate, Error, "申报主体和项目名称与"+where+"相同，疑似重复申报"
	case sameTitle && like:
		p.Message = "项目名称与" + where + "相同，申报主体写法相近，疑似重复申报"
	case sameTitle:
		p.Message = "项目名称与" + where + "相同，申报主体不同，请核对是否联合申报"
	case nearTitles(ka.runes, kb.runes, like):
		p.Message = fmt.Sprintf("项目名称与%s的“%s”相近，疑似重复申报", where, clip(a.Title, 40))
	default:
		return p, false
	}
	return p, true
}

// sameRow tells rows that are equal in all six fields, spelling aside.
func sameRow(a, b *Row) bool {
	return fold(a.Category) == fold(b.Category) && a.Time == b.Time && fold(a.Contact) == fold(b.Contact) && onlyDigits(a.Phone) == onlyDigits(b.Phone)
}

// nearTitles compares cores. Titles of one applicant may differ by more.
func nearTitles(a, b []rune, sameApplicant bool) bool {
	if slices.Equal(a, b) {
		return true
	}
	n := min(len(a), len(b))
	limit := 0
	switch {
	case n >= 10:
		limit = 1
	case n >= 6 && sameApplicant:
		limit = 1
	}
	if n >= 14 && sameApplicant {
		limit = 2
	}
	return limit > 0 && distance(a, b, limit) <= limit
}

// distance is the edit distance if it is at most limit, else limit+1. Only the
// cells near the diagonal are filled in; limit is at most 3.
func distance(a, b []rune, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	const far = 1 << 20
	var prev, cur [7]int // diagonals -limit … limit of two lines
	for k := range 2*limit + 1 {
		prev[k] = far
		if j := k - limit; j >= 0 {
			prev[k] = j
		}
	}
	for i := 1; i <= len(a); i++ {
		best := far
		for k := range 2*limit + 1 {
			j := i + k - limit
			v := far
			if j == 0 {
				v = i
			} else if j > 0 && j <= len(b) {
				v = cheapest(&prev, &cur, k, limit, a[i-1] == b[j-1])
			}
			cur[k] = v
			best = min(best, v)
		}
		if best > limit {
			return limit + 1
		}
		prev = cur
	}
	return min(limit+1, prev[len(b)-len(a)+limit])
}

// cheapest is the least cost of coming to diagonal k from its three neighbours.
func cheapest(prev, cur *[7]int, k, limit int, same bool) int {
	v := prev[k]
	if !same {
		v++
	}
	if k < 2*limit {
		v = min(v, prev[k+1]+1)
	}
	if k > 0 {
		v = min(v, cur[k-1]+1)
	}
	return v
}

// nearIndex finds earlier strings that are equal to or within two edits of one.
type nearIndex struct {
	equal  map[string][]int
	pieces map[piece][]int
}

type piece struct {
	length, n int // of the whole string; which third
	text      string
}

func newNearIndex() *nearIndex {
	return &nearIndex{equal: map[string][]int{}, pieces: map[piece][]int{}}
}

func thirds(n int) [4]int { return [4]int{0, n / 3, 2 * n / 3, n} }

func (x *nearIndex) add(i int, s string) {
	x.equal[s] = append(x.equal[s], i)
	rs := []rune(s)
	if len(rs) < 6 {
		return
	}
	t := thirds(len(rs))
	for k := range 3 {
		p := piece{len(rs), k, string(rs[t[k]:t[k+1]])}
		x.pieces[p] = append(x.pieces[p], i)
	}
}

// near lists candidates, oldest first.
func (x *nearIndex) near(s string) []int {
	rs := []rune(s)
	seen := map[int]bool{}
	out := slices.Clone(x.equal[s])
	for _, i := range out {
		seen[i] = true
	}
	if len(rs) < 5 {
		return out
	}
	for n := max(6, len(rs)-2); n <= len(rs)+2; n++ {
		t := thirds(n)
		for k := range 3 {
			for shift := -2; shift <= 2; shift++ {
				a, b := t[k]+shift, t[k+1]+shift
				if a < 0 || b > len(rs) {
					continue
				}
				for _, i := range x.pieces[piece{n, k, string(rs[a:b])}] {
					if !seen[i] {
						seen[i] = true
						out = append(out, i)
					}
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// awardIndex compares with the achievements that won before.
type awardIndex struct {
	awards []Award
	cores  []string
	idx    *nearIndex
}

func newAwardIndex(c *Campaign) *awardIndex {
	x := &awardIndex{awards: c.Awards, idx: newNearIndex()}
	for i, a := range c.Awards {
		core := titleCore(a.Title)
		x.cores = append(x.cores, core)
		x.idx.add(i, core)
	}
	return x
}

func (x *awardIndex) like(r *Row) (Problem, bool) {
	core := titleCore(r.Title)
	runes := []rune(core)
	if len(runes) < 4 {
		return Problem{}, false
	}
	for i, a := range x.awards {
		if !nearTitles([]rune(x.cores[i]), runes, true) && !holdsTitle(x.cores[i], core) {
			continue
		}
		same := applicantKey(a.Applicant) == applicantKey(r.Applicant)
		msg := fmt.Sprintf("与 %d 年获奖项目“%s”（%s）相同或相近", a.Year, clip(a.Title, 40), a.Applicant)
		if same {
			msg += "，申报主体也相同"
		}
		return Problem{RowID: r.ID, Column: ColTitle, Level: Warning, Kind: KindPrevious, Source: r.Source, Title: r.Title, Message: msg}, true
	}
	return Problem{}, false
}

// holdsTitle tells whether one core holds the other and little else.
func holdsTitle(a, b string) bool {
	na, nb := len([]rune(a)), len([]rune(b))
	if na > nb {
		a, b, na, nb = b, a, nb, na
	}
	return na >= 6 && strings.Contains(b, a) && nb-na <= max(3, na/3)
}
