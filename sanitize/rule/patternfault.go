package rule

import (
	"errors"
	"regexp/syntax"
)

// patternFaults are the faults of a regular expression in Chinese.
var patternFaults = map[syntax.ErrorCode]string{
	syntax.ErrInvalidCharClass:      "字符类 […] 无效",
	syntax.ErrInvalidCharRange:      "字符类中的范围无效，前一个字符应排在后一个之前",
	syntax.ErrInvalidEscape:         "反斜杠后面的写法无效",
	syntax.ErrInvalidNamedCapture:   "分组名无效",
	syntax.ErrInvalidPerlOp:         "不支持 (?= (?! (?<= 等写法",
	syntax.ErrInvalidRepeatOp:       "重复符号连用无效",
	syntax.ErrInvalidRepeatSize:     "重复次数无效，最多 1000 次",
	syntax.ErrInvalidUTF8:           "不是有效的 UTF-8 文字",
	syntax.ErrMissingBracket:        "缺少右方括号 ]",
	syntax.ErrMissingParen:          "缺少右括号 )",
	syntax.ErrMissingRepeatArgument: "重复符号前面没有内容",
	syntax.ErrTrailingBackslash:     "末尾多了一个反斜杠",
	syntax.ErrUnexpectedParen:       "多了一个右括号 )",
	syntax.ErrNestingDepth:          "括号层数过多",
	syntax.ErrLarge:                 "过大",
}

// patternFault says in Chinese why an expression cannot be used; with the place in
// it, which a person wrote into the list and so may read.
func patternFault(err error) string {
	if errors.Is(err, errTooWide) {
		return "正则过宽：其中须有至少两个连续的固定文字"
	}
	var s *syntax.Error
	if !errors.As(err, &s) || patternFaults[s.Code] == "" {
		return "正则无法编译，请检查其写法"
	}
	return "正则无法编译：" + patternFaults[s.Code] + "（" + s.Expr + "）"
}
