package report

import (
	"fmt"
	"strconv"
	"strings"
)

// KindMissing is the kind of an adjustment that says that the bureau's own lists could
// not be read.
const KindMissing = "未载入"

// kinds of adjustments in the order in which they are counted.
var kinds = []string{KindMissing, "规则包", "规则调整", "词库", "白名单"}

// adjusted says in one line in what the rules differ from the built-in ones.
func (in *Input) adjusted() string {
	count := map[string]int{}
	for _, a := range in.Adjustments {
		count[a.Kind]++
	}
	var parts []string
	for _, k := range kinds {
		if n := count[k]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 项", k, n))
		}
	}
	if len(parts) == 0 {
		return "无，按程序内置规则"
	}
	return strings.Join(parts, "，") + "，见“规则调整”表"
}

// adjustments lists rule packs, changed rules, word lists and allow-list entries that
// were in force.
func (in *Input) adjustments() sheet {
	s := sheet{
		name:   "规则调整",
		heads:  []string{"序号", "类别", "对象", "调整", "理由", "经办", "时间"},
		widths: []float64{6, 12, 30, 44, 40, 12, 20},
		empty:  "没有调整，按程序内置规则检查",
	}
	for i, a := range in.Adjustments {
		s.rows = append(s.rows, []string{strconv.Itoa(i + 1), a.Kind, a.Item, a.Change, a.Reason, a.By, stamp(a.At)})
	}
	return s
}

// allowed adds to the exceptions what the allow list let stand in the copies.
func (in *Input) allowed(s *sheet) {
	for i := range in.Files {
		f := &in.Files[i]
		if f.Output == nil {
			continue
		}
		for k := range f.Output.Allowed {
			x := &f.Output.Allowed[k]
			why := ""
			if n := len(x.Reasons); n > 0 {
				why = x.Reasons[n-1].Text
			}
			s.rows = append(s.rows, []string{
				strconv.Itoa(len(s.rows) + 1), f.Attachment.Name, x.Where, LevelWord(x.Level), x.Rule, x.Name, Mask(x), "白名单放行", why, "", "", "",
			})
		}
	}
}
