package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule/tomlfault"
)

// file is a rule file as it is written.
type file struct {
	Version string              `toml:"version"`
	Lists   map[string][]string `toml:"lists"` // word lists that rules name as "@name"
	Rules   []Rule              `toml:"rule"`
	lines   lines
}

// lines remembers where each rule stands in its file.
type lines struct {
	text  []string
	rules []int // line, from 1, of the nth [[rule]]
}

func linesOf(data []byte) lines {
	l := lines{text: strings.Split(string(data), "\n")}
	for i, t := range l.text {
		if strings.TrimSpace(t) == "[[rule]]" {
			l.rules = append(l.rules, i+1)
		}
	}
	return l
}

func (l lines) rule(i int) int {
	if i < len(l.rules) {
		return l.rules[i]
	}
	return 0
}

// find is the line of rule i that holds a piece of text; the rule's own line if none does.
func (l lines) find(i int, text string) int {
	start := l.rule(i)
	if start == 0 || text == "" {
		return start
	}
	end := len(l.text)
	if i+1 < len(l.rules) {
		end = l.rules[i+1] - 1
	}
	for _, form := range []string{`"` + text + `"`, "'" + text + "'", text} {
		for n := start; n <= end && n <= len(l.text); n++ {
			if strings.Contains(l.text[n-1], form) {
				return n
			}
		}
	}
	return start
}

// maxFile bounds a rule file; ours are far below.
const maxFile = 4 << 20

func parse(name string, data []byte) (*file, []Problem) {
	if len(data) > maxFile {
		return nil, []Problem{{name, 0, "规则文件超过 4 MB"}}
	}
	if !utf8.Valid(data) {
		return nil, []Problem{{name, 0, "规则文件不是 UTF-8 编码"}}
	}
	data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
	f := &file{lines: linesOf(data)}
	dec := toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields()
	if err := dec.Decode(f); err != nil {
		return nil, tomlProblems(name, err)
	}
	return f, nil
}

func tomlProblems(name string, err error) []Problem {
	var out []Problem
	for _, f := range tomlfault.Of(err) {
		out = append(out, Problem{name, f.Line, "格式错误：" + f.Text})
	}
	return out
}

// structures are the structural checks that rules may name.
var structures = []string{
	"mark", "mark-alone", "mark-field", "mark-section", "mark-head", "mark-property", // places of a classification mark
	"map-caption", "table", "future-date", "invisible", "evasion", "quasi", "count",
	"reader", // given by the readers of files
}

var idShape = regexp.MustCompile(`^[A-Z][0-9]{2,5}$`)

// check lists what is wrong with one rule.
func check(name string, l lines, i int, r *Rule) []Problem {
	var out []Problem
	say := func(at string, format string, args ...any) {
		out = append(out, Problem{name, l.find(i, at), fmt.Sprintf(format, args...)})
	}
	if !idShape.MatchString(r.ID) {
		say("id", "规则编号 %q 应为一个大写字母加数字", r.ID)
	}
	if strings.TrimSpace(r.Name) == "" {
		say("name", "规则 %s 没有名称", r.ID)
	}
	if r.Lvl() == 0 {
		say("level", "规则 %s 的级别 %q 无效，应为 S1 至 S4", r.ID, r.Level)
	}
	if r.Base < 0 || r.Base > 1 {
		say("base", "规则 %s 的基础分 %v 应在 0 与 1 之间", r.ID, r.Base)
	}
	if len(r.Terms)+len(r.Spellings)+len(r.Patterns)+len(r.Near) == 0 && r.Scanner == "" && r.Structure == "" {
		say("id", "规则 %s 没有说明查什么（terms、pattern、near、scanner、structure 均为空）", r.ID)
	}
	if r.Structure != "" && !slices.Contains(structures, r.Structure) {
		say(r.Structure, "规则 %s 的结构检查 %q 不存在", r.ID, r.Structure)
	}
	checkWords(r, say)
	checkPatterns(r, say)
	checkNear(r, say)
	checkContexts(r, say)
	checkTreatment(r, say)
	if r.Withdraw && r.Lvl() != finding.S1 {
		say("withdraw", "规则 %s 整件移出，级别必须是 S1", r.ID)
	}
	return out
}

type sayer func(at, format string, args ...any)

func checkWords(r *Rule, say sayer) {
	for _, list := range [][]string{r.Terms, r.Spellings, r.Safe, r.Risky} {
		for _, t := range list {
			if utf8.RuneCountInString(strings.TrimSpace(t)) < 2 {
				say(t, "规则 %s 的词 %q 为空或只有一个字", r.ID, t)
			}
		}
	}
}

func checkPatterns(r *Rule, say sayer) {
	for _, p := range r.Patterns {
		if len(p.Anchors) == 0 {
			say(p.Expr, "规则 %s 的正则没有锚词（anchors）", r.ID)
		}
		for _, a := range p.Anchors {
			if a == "" {
				say(p.Expr, "规则 %s 有空的锚词", r.ID)
			}
		}
		re, err := Compile(p.Expr)
		if p.Expr == "" {
			say("pattern", "规则 %s 有空的正则", r.ID)
			continue
		}
		if err != nil {
			say(p.Expr, "规则 %s 的%s", r.ID, patternFault(err))
			continue
		}
		if p.Group < 0 || p.Group > re.NumSubexp() {
			say(p.Expr, "规则 %s 的正则没有第 %d 个分组", r.ID, p.Group)
		}
		if p.Level != "" && ParseLevel(p.Level) == 0 {
			say(p.Level, "规则 %s 的级别 %q 无效", r.ID, p.Level)
		}
	}
}

func checkNear(r *Rule, say sayer) {
	for _, n := range r.Near {
		if len(n.A) == 0 || len(n.B) == 0 && n.BExpr == "" {
			say("near", "规则 %s 的组合条件缺少 a 或 b", r.ID)
		}
		for _, list := range [][]string{n.A, n.B, n.C} {
			for _, w := range list {
				if strings.TrimSpace(w) == "" {
					say("near", "规则 %s 的组合条件有空词", r.ID)
				}
			}
		}
		for _, e := range []string{n.BExpr, n.CExpr} {
			if _, err := Compile(e); err != nil {
				say(e, "规则 %s 的%s", r.ID, patternFault(err))
			}
		}
		switch n.Cover {
		case "", "all", "a", "b", "clause", "sentence":
		default:
			say(n.Cover, "规则 %s 的 cover %q 应为 all、a、b、clause 或 sentence", r.ID, n.Cover)
		}
		if n.Level != "" && ParseLevel(n.Level) == 0 {
			say(n.Level, "规则 %s 的级别 %q 无效", r.ID, n.Level)
		}
	}
}

func checkContexts(r *Rule, say sayer) {
	for _, c := range append(append([]Context(nil), r.Raise...), r.Lower...) {
		if len(c.Words) == 0 && c.Expr == "" {
			say("raise", "规则 %s 有空的语境", r.ID)
		}
		if _, err := Compile(c.Expr); err != nil {
			say(c.Expr, "规则 %s 的%s", r.ID, patternFault(err))
		}
		if c.Delta == 0 && c.Level == "" || c.Delta < -1 || c.Delta > 1 {
			say("delta", "规则 %s 的语境分值应在 −1 与 1 之间且不为 0", r.ID)
		}
		if c.Level != "" && ParseLevel(c.Level) == 0 {
			say(c.Level, "规则 %s 的级别 %q 无效", r.ID, c.Level)
		}
	}
	for _, c := range r.Raise {
		if c.Delta < 0 {
			say("raise", "规则 %s 的升语境分值为负", r.ID)
		}
	}
	for _, c := range r.Lower {
		if c.Delta > 0 {
			say("lower", "规则 %s 的降语境分值为正", r.ID)
		}
	}
}

func checkTreatment(r *Rule, say sayer) {
	switch r.Treatment.Action {
	case "mask", "replace", "generalise", "delete", "withdraw", "human", "keep":
	default:
		say("action", "规则 %s 的处置 %q 无效", r.ID, r.Treatment.Action)
	}
	switch r.Treatment.Scope {
	case "", "paragraph", "row":
	default:
		say("scope", "规则 %s 的处置范围 %q 无效", r.ID, r.Treatment.Scope)
	}
}

// surnames in front of a name in rule patterns: the common single surnames and
// the compound ones.
const surnames = `(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|端木|夏侯|南宫|百里|申屠|钟离|闻人|赫连|濮阳|淳于|宗政|完颜|司空|轩辕|呼延|拓跋|仲孙|太叔|澹台|公冶|左丘|东郭|西门|乐正|漆雕|谷梁|段干|巫马|鲜于|闾丘|纳兰|独孤|公羊|司寇|耶律|万俟|羊舌|微生|梁丘|东门|南门|壤驷|夹谷|宰父|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常于傅皮卞齐康伍余元顾孟平黄穆萧肖尹姚邵汪祁毛狄米贝明臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房缪干解应宗丁宣邓郁单杭洪包左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄封芮储靳邴糜松井段富巫焦巴牧山谷车侯班秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶司黎薄白蒲邰鄂咸卓蔺屠蒙池乔闻党翟谭申冉雍桑桂牛通边燕冀尚农温庄晏柴瞿阎充慕连习艾鱼容向古易廖终居衡步耿满匡国文寇广东欧沃利越师巩聂晁敖冷辛阚简饶曾沙乜养丰巢关查后荆红游竺权盖益桓岳苟覃辜傅萧昝酆贲钭郗隗郤璩茹庾暨訾蒯逯亓仉庹綦邸苑栗檀闫付代佟佘冼牟丛仝隋逄宓濮郏郜扈鞠仵竺桓湛嵇荀汲旷兰涂曲阳芦麦卜姬刁迟邝乐胥南楚鄢劳谌海豆朴禹漆卿晋阙浦鹿谯展郦裘钮隆诸羿戎蓟赖眭睢笪缑茆郄雒尉宛])`

// strictSurnames are the surnames that are seldom words: with two characters behind
// them they make a name even where nothing marks its end.
const strictSurnames = `(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|端木|夏侯|南宫|百里|申屠|钟离|闻人|赫连|濮阳|淳于|宗政|完颜|司空|轩辕|呼延|拓跋|仲孙|太叔|澹台|公冶|左丘|东郭|西门|乐正|漆雕|谷梁|段干|巫马|鲜于|闾丘|纳兰|独孤|公羊|司寇|耶律|万俟|羊舌|微生|梁丘|东门|南门|壤驷|夹谷|宰父|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬傅皮卞齐康伍余顾孟黄穆萧肖尹姚邵汪祁毛狄贝臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵麻强贾娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞柯卢莫房缪宗丁宣邓郁杭洪左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄封芮储靳邴糜松段富焦侯仲伊宫宁仇栾厉祖武符刘詹龙叶黎薄白蒲邰鄂卓蔺蒙池乔闻翟谭申冉雍桑桂牛燕冀温庄晏柴瞿阎艾易廖衡耿寇东欧巩聂晁敖冷辛阚简饶曾沙乜竺桓岳苟覃辜昝酆贲钭郗隗郤璩茹庾暨訾蒯逯亓仉庹綦栗檀闫付佟佘冼牟丛仝隋逄宓濮郏郜扈鞠仵湛汲旷兰邝鄢谌刁姬芦谯郦裘钮蓟赖眭睢笪缑郄雒涂楚])`

// Macros that may stand in rule expressions.
var macros = strings.NewReplacer(
	"{NAME}", surnames+`[\p{Han}]{1,2}`,
	"{FULLNAME}", strictSurnames+`[\p{Han}]{2}`,
	"{NUM}", `[0-9][0-9,]*(?:\.[0-9]+)?`,
	"{CN}", `[0-9〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]`,
	"{GAP}", `[ \t·.\-_*/|]{0,2}`,
)

// anchorDigits opens {d} in an anchor to the ten digits: "{d}工程" is ten anchors,
// each far rarer than 工程.
func anchorDigits(anchors []string) []string {
	var out []string
	for _, a := range anchors {
		if !strings.Contains(a, "{d}") {
			out = append(out, a)
			continue
		}
		for d := '0'; d <= '9'; d++ {
			out = append(out, strings.ReplaceAll(a, "{d}", string(d)))
		}
	}
	return out
}

// HasName tells whether an expression looks for the name of a person.
func HasName(expr string) bool {
	return strings.Contains(expr, "{NAME}") || strings.Contains(expr, "{FULLNAME}")
}

// Compile makes a regular expression of a rule: macros are put in ({NAME}, {FULLNAME}, {NUM},
// {CN}, {GAP}); an empty expression gives nil without an error.
func Compile(expr string) (*regexp.Regexp, error) {
	if expr == "" {
		return nil, nil
	}
	re, err := regexp.Compile(macros.Replace(expr))
	if err != nil {
		return nil, fmt.Errorf("compile expression: %w", err)
	}
	return re, nil
}

// expand puts word lists in where a rule names them as "@name"; it returns the
// names of unknown lists.
func expand(r *Rule, lists map[string][]string) []string {
	var unknown []string
	fill := func(words []string) []string {
		var out []string
		for _, w := range words {
			name, isList := strings.CutPrefix(w, "@")
			if !isList {
				out = append(out, w)
				continue
			}
			list, ok := lists[name]
			if !ok {
				unknown = append(unknown, name)
			}
			out = append(out, list...)
		}
		return out
	}
	for _, words := range []*[]string{&r.Terms, &r.Spellings, &r.Safe, &r.Risky} {
		*words = fill(*words)
	}
	for i := range r.Patterns {
		r.Patterns[i].Anchors = anchorDigits(fill(r.Patterns[i].Anchors))
	}
	for i := range r.Near {
		n := &r.Near[i]
		n.A, n.B, n.C = fill(n.A), fill(n.B), fill(n.C)
	}
	for _, list := range [][]Context{r.Raise, r.Lower} {
		for i := range list {
			list[i].Words = fill(list[i].Words)
		}
	}
	return unknown
}
