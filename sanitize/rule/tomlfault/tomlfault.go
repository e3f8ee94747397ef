// Package tomlfault says in Chinese what the TOML reader refused in a file that a
// person wrote, and how to mend it: rule packs and campaign files.
package tomlfault

import (
	"errors"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Fault is one thing that was refused.
type Fault struct {
	Line int    // from 1; 0 where no line is to blame
	Text string // Chinese: what it is and how to mend it
}

// Of lists what is behind an error of toml.Decoder.Decode. There is always at least
// one fault, and the English of the reader is in none of them.
func Of(err error) []Fault {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		var out []Fault
		for i := range strict.Errors {
			row, _ := strict.Errors[i].Position()
			out = append(out, Fault{row, "没有名为 " + strings.Join(strict.Errors[i].Key(), ".") + " 的字段，请核对拼写"})
		}
		return out
	}
	var one *toml.DecodeError
	if !errors.As(err, &one) {
		return []Fault{{0, unknown}}
	}
	row, _ := one.Position()
	return []Fault{{row, text(one)}}
}

const unknown = "写法不对，请检查该行的引号、括号和等号"

func text(e *toml.DecodeError) string {
	msg := strings.TrimPrefix(e.Error(), "toml: ")
	if m := mismatch.FindStringSubmatch(msg); m != nil {
		return strings.Join(e.Key(), ".") + " 的值类型不对" + wanted(m[1], m[2])
	}
	for _, s := range sayings {
		if s.expr.MatchString(msg) {
			return s.expr.ReplaceAllString(msg, s.text)
		}
	}
	return unknown
}

// mismatch is a value of a kind that its key does not take.
var mismatch = regexp.MustCompile(`^cannot (?:decode|store)(?: TOML)? (?:an? )?(\w+(?: \w+)?) (?:into|in a).*?(\S+)$`)

// kinds are the kinds of values in the words of the screen, by TOML and by Go.
var kinds = map[string]string{
	"string": "文字", "integer": "整数", "float": "数字", "boolean": "真假", "array": "列表", "table": "一组字段", "inline table": "一组字段", "array table": "成组的段落",
	"float64": "数字", "int": "整数", "bool": "真假",
}

// writing says how a value of a kind is written.
var writing = map[string]string{
	"文字": "文字须加英文引号", "整数": "整数不加引号", "数字": "数字不加引号", "真假": "写 true 或 false，不加引号",
	"列表": "列表用方括号，各项用逗号分开", "一组字段": "字段写在 [名称] 的下面", "成组的段落": "每段以 [[名称]] 开头",
}

func wanted(is, should string) string {
	want := kinds[should]
	switch {
	case strings.HasPrefix(should, "[]rule.") || strings.HasPrefix(should, "[]submission."):
		want = "成组的段落"
	case strings.HasPrefix(should, "[]"):
		want = "列表"
	case strings.HasPrefix(should, "map[") || strings.Contains(should, "."):
		want = "一组字段"
	}
	if want == "" {
		return "：文字须加英文引号，数字不加引号，多项须用方括号"
	}
	out := "：应为" + want
	if now := kinds[is]; now != "" && now != want {
		out += "，现为" + now
	}
	return out + "（" + writing[want] + "）"
}

// sayings turn the messages of the reader into Chinese; the first that fits counts.
var sayings = []struct {
	expr *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`^(?:key|table) (\S+) (?:is already defined|already exists|should be).*$`), "$1 写了两次，请删去一处"},
	{regexp.MustCompile(`^(?:unterminated|basic strings cannot have new lines|literal strings cannot have new lines|multiline .* not terminated|strings must be quoted|too many quotes).*$`), "写法不对：引号没有配对，文字须在同一行内用英文引号括起"},
	{regexp.MustCompile(`^(?:invalid escape|need a character after|unicode escape|escape sequence|invalid hexadecimal).*$`), `写法不对：双引号里的反斜杠须写成 \\，含反斜杠的正则请改用单引号括起`},
	{regexp.MustCompile(`^.*(?:control characters|carriage returns).*$`), "写法不对：文字中有看不见的控制字符，请删去后重新输入"},
	{regexp.MustCompile(`^invalid UTF-8.*$`), "文字不是 UTF-8 编码，请在编辑器中另存为 UTF-8"},
	{regexp.MustCompile(`^expected '\]{1,2}' to close.*$`), "写法不对：段落名的方括号没有配对，应如 [[rule]] 或 [rule.treatment]"},
	{regexp.MustCompile(`^expected '=' after key.*$`), "写法不对：字段名后面缺少等号，应如 name = \"名称\"（等号、引号均为英文半角）"},
	{regexp.MustCompile(`^(?:invalid character at start of key|expected key).*$`), "写法不对：行首应为字段名、[段落名] 或 # 注释"},
	{regexp.MustCompile(`^(?:array is incomplete|expected ',' or '\]'|expected value but got).*$`), "写法不对：列表没有写完，各项之间须有英文逗号，末尾须有方括号"},
	{regexp.MustCompile(`^(?:inline table|expected ',' or '}'|unexpected comma).*$`), "写法不对：花括号里的各项须用英文逗号分开，末尾须有花括号"},
	{regexp.MustCompile(`^expected newline.*$`), "写法不对：这一行在值的后面还有内容，文字里的英文引号请改用中文引号"},
	{regexp.MustCompile(`^(?:expected value|unexpected character .* at start of value|expected keyword).*$`), "写法不对：等号后面应为值，文字须加英文引号，真假写 true 或 false"},
	{regexp.MustCompile(`^.*(?:number|digit|float|integer|decimal point|exponent).*$`), "写法不对：数字无效，应如 0.8；若是文字须加英文引号"},
	{regexp.MustCompile(`^.*(?:date|hour|minute|second|timezone|colon).*$`), "写法不对：日期应如 2026-06-15；若是文字须加英文引号"},
}
