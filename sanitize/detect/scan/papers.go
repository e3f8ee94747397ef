package scan

import (
	"strings"
	"time"

	"jinggao/sanitize/finding"
)

// contract handles the number behind 合同编号; the finding begins at the label.
func (s *scanner) contract(start, i int, why string) {
	end := i
	for end < len(s.t) && end-i < 40 && s.contractRune(end) {
		end++
	}
	for end > i && !alnum(s.t[end-1]) && s.t[end-1] != '号' {
		end--
	}
	if end-i < 5 || count(s.t[i:end], digit) < 2 || placeholder(string(s.t[i:end])) {
		return
	}
	s.add("K02", start, end, 0.6, "合同或协议编号").why(0.3, why)
}

// contractRune tells whether the rune at i may be part of a contract number.
func (s *scanner) contractRune(i int) bool {
	r := s.t[i]
	switch {
	case alnum(r) || containsRune("-_/〔〕[]#.", r):
		return true
	case r == '(' || r == ')':
		return !s.full(i)
	}
	return han(r) && s.contractHan(i)
}

// contractHan tells whether a Han character at i belongs to a contract number:
// 沪科合〔2024〕12号, at most four before a bracket or digit.
func (s *scanner) contractHan(i int) bool {
	if s.t[i] == '号' {
		return true
	}
	if s.t[i] == '第' || s.t[i] == '字' {
		return digit(s.at(i+1)) || s.at(i+1) == '第'
	}
	for k := i; k < i+6; k++ {
		r := s.at(k)
		if r == '〔' || r == '[' || digit(r) || r == '字' || r == '-' {
			return true
		}
		if !han(r) && !letter(r) {
			return false
		}
	}
	return false
}

// fillers may stand between 合同金额 and the number.
var fillers = []string{"合计", "共计", "总计", "累计", "人民币", "达到", "约", "近", "超过", "超", "达", "为", "是", "共", "为人民币", "高达", "总额", "rmb", "cny", "usd", "¥", "$", "(含税)", "(大写)", "(小写)", "人民币(大写)", "(不含税)", "逾", "计", "合人民币", "of", "is", "eur"}

// sumBehind handles 合同金额1287.35万元: from the label to the unit.
func (s *scanner) sumBehind(l Label) {
	if l.Start < s.skip {
		return
	}
	i := l.End
	for limit := i + 14; i < limit; {
		k := s.filler(i)
		if k == i {
			break
		}
		i = k
	}
	if end := s.amount(i); end > 0 {
		s.sum(l.Start, end, "标签“"+string(s.t[l.Start:l.End])+"”")
	}
}

// filler skips one sign or word that may stand between 合同金额 and the number.
func (s *scanner) filler(i int) int {
	r := s.at(i)
	if blank(r) || r != 0 && containsRune(":=()/", r) {
		return i + 1
	}
	if s.prev(i) == '(' && (r == '万' || r == '元') { // （万元）
		for s.at(i) == '万' || s.at(i) == '元' {
			i++
		}
		return i
	}
	k := i
	for _, f := range fillers {
		if n := len([]rune(f)); s.follows(i, f) && i+n > k {
			k = i + n
		}
	}
	return k
}

func (s *scanner) sum(start, end int, why string) {
	h := s.add("K02", start, end, 0.6, "合同或中标金额").why(0.3, why)
	if near := s.around(start, end, 24); anyOf(near, []string{"中标公告", "已公告", "公示", "公开招标公告", "结果公告"}) {
		h.hint("邻近公告、公示等词，可能已经公开")
	}
}

// moneyUnits close a sum, the longer first.
var moneyUnits = []string{"万亿元", "亿元", "万元", "亿美元", "万美元", "万欧元", "亿欧元", "万港元", "亿港元", "亿日元", "元", "美元", "欧元", "万人民币", "千元", "百万元", "千万元", "million", "billion", "yuan", "rmb", "usd", "万", "亿", "圆"}

// amount reads a sum of money at i, figures or Chinese capitals; 0 if there is none.
func (s *scanner) amount(i int) int {
	k := s.figures(i)
	figures := k > i
	if !figures {
		if k = s.capitals(i); k-i < 2 && s.at(k) != '元' {
			return 0
		}
	}
	e := s.blanks(k)
	for _, u := range moneyUnits {
		if s.follows(e, u) {
			e += len([]rune(u))
			if s.at(e) == '整' {
				e++
			}
			if s.at(e) == '级' { // 千万元级 gives nothing away
				return 0
			}
			return e
		}
	}
	if figures && k-i >= 5 && !han(s.at(k)) && !alnum(s.at(k)) {
		return k
	}
	return 0
}

// figures reads digits with commas and a point.
func (s *scanner) figures(i int) int {
	k := i
	for digit(s.at(k)) || (s.at(k) == ',' || s.at(k) == '.') && digit(s.at(k+1)) && k > i {
		k++
	}
	return k
}

// capitals reads a sum in Chinese numerals: 叁佰万.
func (s *scanner) capitals(i int) int {
	k := i
	for k < len(s.t) && k-i < 24 && containsRune("零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿〇两", s.t[k]) {
		k++
	}
	return k
}

// publicIssuers begin the codes of documents that are issued to the public: State Council,
// ministries, courts, and the government of this city.
var publicIssuers = []string{"国发", "国办发", "国函", "国办函", "国令", "国发明电", "国办发明电", "国务院令", "国科发", "国科办", "国市监", "国知发", "国标委", "国卫", "国税", "国资", "国能", "国环", "国铁", "国土资", "国密局", "国海", "国粮", "中发", "中办发", "中共中央", "主席令", "财政部", "财税", "财预", "财教", "财建", "财库", "财会", "财行", "财综", "财企", "财办", "财金", "财关", "财社", "财资", "财农", "财监", "财科", "税总", "发改", "工信部", "工信", "教育部", "教高", "教师", "教科", "教技", "教社", "教思", "教政", "教职", "教基", "教财", "教办", "教研", "教学", "教外", "教人", "教督", "教体", "教发", "科发", "人社部", "人社", "自然资", "建标", "建办", "建市", "建质", "建城", "建科", "建规", "建村", "建房", "建法", "建金", "建人", "建设部", "交规", "交办", "交运", "交水", "交公路", "交科", "交通运输部", "银发", "银保监", "证监", "法释", "法发", "高检发", "公通字", "民发", "司发", "农办", "农科教", "农机", "农发", "农质", "农牧", "农村", "农业", "商务部", "商办", "商贸", "商资", "商建", "商服", "商流通", "商产", "文旅", "卫办", "卫医", "卫生", "卫规", "卫科", "应急", "审", "环办", "环发", "环规", "环境", "环评", "环监", "环水", "环大气", "环土壤", "林资", "林科", "林办", "林规", "林发", "林造", "水利", "水规", "水办", "水资", "水保", "水建", "水运", "水总", "水科", "署", "汇发", "保监", "沪府", "沪人社规", "沪科规", "沪经信规", "海关总署", "总局", "公告", "令", "京政", "粤府", "浙政", "苏政", "质检", "食药监", "药监", "体规字", "新广", "中宣发", "中网办", "中央", "最高", "全国", "署发", "署税", "国家", "文物", "档发", "气发", "震发", "安监", "民航", "邮", "铁总", "铁运", "铁办", "残联", "中组发", "组通字", "厅字", "中纪发", "体规", "中医药", "国中医药"}

// year handles the bracket of a document number: 沪岚发〔2025〕41号; the bracket stands at i.
func (s *scanner) year(i int) {
	k := s.serialOfYear(i)
	if k == 0 {
		return
	}
	a := s.codeStart(i)
	code := string(s.t[a:i])
	secretCode := secretIssuer(code)
	if i-a < 2 || !secretCode && s.public(code) {
		return
	}
	if l := len(s.labels); l > 0 && s.labels[l-1].Field == FieldContract && i-s.labels[l-1].End < 12 {
		return
	}
	h := s.add("M03", a, k, 0.65, "机关代字“"+code+"”、年份、序号")
	if secretCode {
		h.Level = finding.S1
		h.why(0.3, "代字含“密”，属密级公文文号")
		return
	}
	if near := s.around(a, k, 20); anyOf(near, []string{"已公开", "公开发布", "官网发布", "已公布"}) {
		h.hint("邻近“已公开”等词")
	}
}

// serialOfYear reads 〔2025〕41号 at i: where it ends, or 0.
func (s *scanner) serialOfYear(i int) int {
	t := s.t
	if i < 1 || !han(t[i-1]) || i+7 >= len(t) || !allDigits(t[i+1:i+5]) || !containsRune("〕)]】", t[i+5]) {
		return 0
	}
	if year := number3(t[i+1 : i+5]); year < 1949 || year > time.Now().Year() {
		return 0
	}
	k := i + 6
	for blank(s.at(k)) || s.at(k) == '第' {
		k++
	}
	b := k
	for digit(s.at(k)) {
		k++
	}
	n := k - b
	k = s.blanks(k)
	if n == 0 || n > 5 || s.at(k) != '号' {
		return 0
	}
	return k + 1
}

// secretIssuer tells whether the code of an office is that of classified papers.
func secretIssuer(code string) bool {
	return strings.Contains(code, "密") && !strings.HasPrefix(code, "国密") || strings.HasSuffix(code, "密电") || strings.HasSuffix(code, "机发")
}

// codeStart goes back over the code of the issuing office: at most ten Han
// characters, not past a word that leads to it.
func (s *scanner) codeStart(i int) int {
	a := i
	for a > 0 && i-a < 10 && han(s.t[a-1]) && !strings.ContainsRune("据照按以见和与及的将由依为至在号向了从如对", s.t[a-1]) {
		a--
	}
	for _, w := range []string{"依据", "根据", "按照", "关于", "落实", "参照", "对照", "贯彻", "执行", "详见", "文件", "通知", "文号", "印发", "公布", "本单位", "我单位", "本局", "我局", "我校", "本公司", "引用", "批复"} {
		if k := strings.LastIndex(string(s.t[a:i]), w); k >= 0 {
			b := a + len([]rune(string(s.t[a:i])[:k])) + len([]rune(w))
			if b < i {
				a = b
			}
		}
	}
	return a
}

func (s *scanner) public(code string) bool {
	for _, p := range publicIssuers {
		if strings.HasPrefix(code, p) {
			return true
		}
	}
	return strings.HasSuffix(code, "公告") || strings.HasSuffix(code, "令") || strings.HasSuffix(code, "公通字") || strings.HasSuffix(code, "组通字") || code == "厅字"
}

// application handles a patent application number [a,b) with its dot.
func (s *scanner) application(a, b int) {
	start := a
	if s.prev(a) == 'l' && s.prev(a-1) == 'z' {
		return // ZL: granted, published
	}
	if s.prev(a) == 'n' && s.prev(a-1) == 'c' && !alnum(s.prev(a-2)) {
		start = a - 2
	}
	for blank(s.prev(start)) && s.prev(start-1) == 'l' {
		return
	}
	from, to := s.sentence(a, b)
	behind := string(s.t[b:min(to, b+24)])
	before := string(s.t[max(from, a-20):a])
	row := string(s.t[from:to])
	open := []string{"在审", "待审", "未公布", "未公开", "未授权", "受理", "申请中", "实审", "审查中", "已申请", "待公开", "尚未", "已提交", "拟申请", "后公开", "公开前", "公布前", "授权前", "拟公开", "拟于", "将公开", "还没有公开", "没有公开", "尚不公开", "pending", "not published", "unpublished"}
	done := []string{"授权", "已公开", "公开号", "公告", "公布号", "有效", "granted"}
	switch {
	case s.series(start):
	case anyOf(behind, open) || anyOf(before, open):
	case anyOf(behind, done) || anyOf(before, done):
		return
	case anyOf(row, open):
	case anyOf(before, []string{"申请号", "申请"}):
	default:
		s.add("L01", start, b, 0.45, "专利申请号，校验位正确（ZC 0006）").hint("公开状态不明，请核对")
		return
	}
	s.add("L01", start, b, 0.6, "专利申请号").proved("校验位正确（ZC 0006），未见授权、公开字样")
}

// series tells whether an application number that is a finding stands just before: A、B及C.
func (s *scanner) series(start int) bool {
	for k := len(s.hits) - 1; k >= 0 && k >= len(s.hits)-3; k-- {
		h := &s.hits[k]
		if h.Rule == "L01" && h.Level == 0 && start-h.End >= 1 && start-h.End <= 3 {
			return true
		}
	}
	return false
}
