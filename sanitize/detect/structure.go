package detect

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/detect/sieve"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// scanners takes over what the hand-written scanners find.
func (w *work) scanners() {
	for _, h := range scan.InCells(w.cells, w.view) {
		r := w.engine.byID[h.Rule]
		if r == nil || h.Rare && (w.ordinary(h.Span) || w.cut(h.Span).kind == cutCrossing) {
			continue
		}
		c := candidate{
			rule: r, span: h.Span, level: r.level, score: h.Score, certain: h.Certain, firm: true,
			reasons: h.Reasons,
		}
		if h.Level != 0 {
			c.level = h.Level
		}
		c.settled = h.Level == finding.S4
		w.add(c)
	}
}

// ordinary tells whether the dictionary has a word where a name was seen, or is not there yet.
func (w *work) ordinary(s document.Span) bool {
	t := w.text[s.Start:s.End]
	return !w.engine.seg.Loaded() || w.engine.seg.Ordinary(string(t)) || w.engine.seg.Ordinary(string(t[:2]))
}

// structures looks at the part as a whole and at its lines.
func (w *work) structures() {
	w.hiding()
	w.directories()
	w.captions()
	w.invisible()
	w.combination()
}

// hiding: a hidden part that holds any text is a finding of its own.
func (w *work) hiding() {
	h := w.part.Hidden
	if h == nil || strings.TrimFunc(w.part.Text, func(r rune) bool { return unicode.IsSpace(r) || normal.Invisible(r) }) == "" {
		return
	}
	r := w.engine.byID[h.Rule]
	if r == nil {
		r = &compiled{Rule: hidingRule(h.Rule), level: finding.S2, base: 0.95}
	}
	w.add(candidate{
		rule: r, span: document.Span{Start: 0, End: len(w.text)}, level: r.level, score: 0.95, settled: true, hidden: true,
		reasons: []finding.Reason{{Text: fmt.Sprintf("隐蔽内容（%s），共 %d 个字符", h.Kind, len(w.view.Source)), Delta: 0.95}},
	})
}

var mapWords = regexp.MustCompile(`(?:地图|地形图|区位图|位置图|行政区划图|点位图|布点图|站点图|分布图|路线图|走向图|平面位置图|影像图|规划图|总平面图|布置图|布点图|管网图|管线图|水系图|线路图|航线图|部署图|布局图)`)

var caption = regexp.MustCompile(`^\s*(?:附?图|附件)\s*[0-9一二三四五六七八九十]{1,3}(?:[-.·][0-9]{1,3})?[\s:：.、]*([^\n。]{2,40})$`)

// geographic words make a 分布图 a map: what is spread lies in a place.
var geographic = regexp.MustCompile(`(?:[省市区县镇乡村州岛港湾湖河江海山路]|全国|地理|站点|点位|仓库|油库|水厂|电厂|管廊|闸站|基站|变电站|场站|泵站|线路|管线|管网|航线|水库|港口|园区|流域|城区|机场|厂区|行政|卫星影像|遥感)`)

// abstract words show that what is spread lies in a measurement.
var abstract = regexp.MustCompile(`(?:粒径|误差|频率|概率|密度|温度|应力|能量|(?:^|[^风光])电场|磁场|时间|年龄|数值|残差|正态|得分|分数|像素|特征|权重|误码|强度|浓度|光谱|频谱|相位|载荷|功率|流速|速度场|压力|损失|寿命|噪声|元素|孔径|厚度|热力|技术路线|研发路线|路线图.*技术|芯片|电路|系统|网络|软件|流程|组织|机构|知识)`)

// captions: a caption of a map without a 审图号 in the document (F06).
func (w *work) captions() {
	r := w.engine.byID["F06"]
	if r == nil || !strings.Contains(w.part.Text, "图") {
		return
	}
	for i, start := range w.lines {
		end := len(w.text)
		if i+1 < len(w.lines) {
			end = int(w.lines[i+1]) - 1
		}
		if end-int(start) > 60 || !w.holds(int(start), end, '图') {
			continue
		}
		line := string(w.text[start:end])
		m := caption.FindStringSubmatch(line)
		if m == nil || !mapWords.MatchString(m[1]) || abstract.MatchString(m[1]) || w.state.reviewed() {
			continue
		}
		sure := regexpAny(m[1], "地图", "地形图", "区位图", "行政区划图", "影像图", "水系图")
		if !sure && !geographic.MatchString(m[1]) {
			continue
		}
		trimmed := strings.TrimSpace(line)
		from := int(start) + utf8.RuneCountInString(line[:strings.Index(line, trimmed)])
		w.add(candidate{
			rule: r, span: document.Span{Start: from, End: from + utf8.RuneCountInString(trimmed)}, level: r.level, score: r.base, settled: true,
			reasons: []finding.Reason{
				{Text: fmt.Sprintf("图题含地图类字样“%s”，基础分 %.2f", mapWords.FindString(m[1]), r.base), Delta: r.base},
				{Text: "全文未见审图号（GS(20××)××号）"},
			},
		})
	}
}

func (w *work) holds(start, end int, r rune) bool {
	for _, c := range w.text[start:end] {
		if c == r {
			return true
		}
	}
	return false
}

func regexpAny(s string, words ...string) bool {
	for _, x := range words {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

var reviewNumber = regexp.MustCompile(`(?:审图号|[\p{Han}]?G?S\s*[(（〔\[]\s*20[0-9]{2}\s*[)）〕\]]\s*[0-9]{1,5}\s*号)`)

// reviewed tells whether the document names a 审图号.
func (s *scanState) reviewed() bool {
	if s.mapNumber == 0 {
		s.mapNumber = -1
		for i := range s.doc.Parts {
			if reviewNumber.MatchString(s.doc.Parts[i].Text) {
				s.mapNumber = 1
			}
		}
	}
	return s.mapNumber > 0
}

// invisible: zero-width and direction characters (N07), a finding for each run of
// them. Those that stand in an emoji or at the head of the text mean nothing.
func (w *work) invisible() {
	r := w.engine.byID["N07"]
	if r == nil {
		return
	}
	var runs []document.Span
	count := 0
	for i, c := range w.view.Source {
		if c < 0xAD || !hides(c) || i == 0 && c == 0xFEFF || i > 0 && w.view.Source[i-1] > 0xFFFF {
			continue
		}
		count++
		if k := len(runs) - 1; k >= 0 && runs[k].End == i {
			runs[k].End++
			continue
		}
		runs = append(runs, document.Span{Start: i, End: i + 1})
	}
	for _, span := range runs {
		w.add(candidate{
			rule: r, span: w.view.Normal(span), source: &span, level: r.level, score: r.base, settled: true,
			reasons: []finding.Reason{{Text: fmt.Sprintf("含不可见字符 %d 个（零宽、方向控制或软连字符），基础分 %.2f", count, r.base), Delta: r.base}},
		})
	}
}

func hides(r rune) bool {
	switch {
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064,
		r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r == 0x180E, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// quasi are kinds of quasi-identifiers for N10.
var quasi = []struct {
	name string
	re   *sieve.Expr
}{
	{"年龄或出生年月", sieve.MustCompile(`(?:[1-9][0-9]岁|(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:出生|生)|出生(?:于|日期|年月)|[5-9]0后)`)},
	{"性别", sieve.MustCompile(`(?:^|[,、;:\s(])(?:男|女)(?:[,、;\s)]|$)|(?:女|男)(?:书记|局长|县长|镇长|校长|院长|主任|博士|工程师|教授|职工|患者)`)},
	{"民族", sieve.MustCompile(`(?:汉|回|满|壮|苗|藏|彝|侗|瑶|白|维吾尔|哈萨克|土家|布依|朝鲜|蒙古|傣|黎|畲|纳西)族`)},
	{"籍贯", sieve.MustCompile(`(?:籍贯|祖籍|原籍|出生地)|[\p{Han}]{2,6}[省市县]人[,、;。]|(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)[\p{Han}]{0,6}人(?:[,、;。)]|$)`)},
	{"职务", sieve.MustCompile(`(?:书记|局长|处长|科长|县长|镇长|乡长|区长|市长|所长|院长|校长|主任|总经理|总工程师|董事长|首席科学家|教授|研究员|主治医师)`)},
	{"地区", sieve.MustCompile(`(?:[\p{Han}]{2,4}(?:省|市|区|县|镇|乡|村)|某[省市区县镇乡村])`)},
	{"学历", sieve.MustCompile(`(?:毕业于|本科学历|硕士学历|博士学历|研究生学历|博士毕业|硕士毕业)`)},
	{"独一无二", sieve.MustCompile(`(?:唯一(?:的)?(?:一[名位])?|仅有(?:的)?一[名位]|首位|第一位|最年轻的?)`)},
}

// N10 wants this many kinds in one paragraph, one of them personal.
const quasiKinds = 4

// combination: several quasi-identifiers of one person in one paragraph (N10).
func (w *work) combination() {
	r := w.engine.byID["N10"]
	if r == nil {
		return
	}
	for i, start := range w.lines {
		end := len(w.text)
		if i+1 < len(w.lines) {
			end = int(w.lines[i+1]) - 1
		}
		if end-int(start) < 12 || !w.personal(int(start), end) {
			continue
		}
		w.quasiIn(r, document.Span{Start: int(start), End: end})
	}
}

// personal tells whether a stretch holds what only the description of a person
// does: an age, a birth, a native place, a sex set off by punctuation, the only one.
func (w *work) personal(start, end int) bool {
	t := w.text[start:end]
	for i, r := range t {
		switch r {
		case '岁', '籍', '生', '唯', '女', '男':
			before, after := '\n', '\n'
			if i > 0 {
				before = t[i-1]
			}
			if i+1 < len(t) {
				after = t[i+1]
			}
			if describesPerson(before, r, after) {
				return true
			}
		}
	}
	return false
}

func describesPerson(before, r, after rune) bool {
	switch r {
	case '岁':
		return isDigit(before)
	case '籍':
		return after == '贯' || before == '祖' || before == '原'
	case '生':
		return before == '出' || before == '年' || before == '月'
	case '唯':
		return after == '一'
	}
	return setOff(before) && setOff(after)
}

// setOff tells whether a rune parts one item of a description from the next.
func setOff(r rune) bool {
	return isClauseStop(r) || r == '(' || r == ')' || r == '、' || r == ' '
}

func (w *work) quasiIn(r *compiled, s document.Span) {
	for at := s.Start; at < s.End; {
		sentence := w.sentence(document.Span{Start: at, End: min(at+1, s.End)})
		end := min(sentence.End, s.End)
		if end <= at {
			at++
			continue
		}
		text := string(w.text[at:end])
		var kinds []string
		low, high := len(text), 0
		personal := false
		for i := range quasi {
			loc := quasi[i].re.FindIndex(w.text[at:end])
			if loc == nil {
				continue
			}
			kinds = append(kinds, quasi[i].name)
			low, high = min(low, loc[0]), max(high, loc[1])
			personal = personal || i < 4 || i == 7
		}
		unique := regexpAny(strings.Join(kinds, ""), "独一无二") && len(kinds) >= 3
		if personal && (len(kinds) >= quasiKinds || unique) {
			from := at + utf8.RuneCountInString(text[:low])
			w.add(candidate{
				rule: r, span: document.Span{Start: from, End: from + utf8.RuneCountInString(text[low:high])},
				level: r.level, score: r.base, settled: true,
				reasons: []finding.Reason{{Text: fmt.Sprintf("同段出现 %d 类准标识符：%s，基础分 %.2f", len(kinds), strings.Join(kinds, "、"), r.base), Delta: r.base}},
			})
		}
		w.particulars(document.Span{Start: at, End: end}, kinds, text[min(low, high):high], text[:min(low, len(text))])
		at = end + 1
	}
}

// particulars: three or more of age, sex, people, native place and schooling of one
// person in a sentence (I21).
func (w *work) particulars(s document.Span, kinds []string, covered, before string) {
	r := w.engine.byID["I21"]
	n := 0
	for _, k := range kinds {
		if k != "职务" && k != "地区" && k != "独一无二" {
			n++
		}
	}
	if r == nil || n < 3 {
		return
	}
	from := s.Start + utf8.RuneCountInString(before)
	w.add(candidate{
		rule: r, span: document.Span{Start: from, End: from + utf8.RuneCountInString(covered)}, level: r.level, score: max(r.base, 0.6), settled: true,
		reasons: []finding.Reason{{Text: fmt.Sprintf("同句出现 %d 类个人情况：%s", n, strings.Join(kinds, "、")), Delta: max(r.base, 0.6)}},
	})
}
