package finding_test

import (
	"testing"

	"jinggao/sanitize/finding"
)

func TestWhyShowsTheArithmetic(t *testing.T) {
	f := finding.Finding{Reasons: []finding.Reason{
		{Text: "姓氏“裴”加名", Delta: 0.5}, {Text: "标签“联系人”后有冒号", Delta: 0.35}, {Text: "前有否定“不含”，-0.50", Delta: -0.5}, {Text: "合计 0.35"},
	}}
	const want = "姓氏“裴”加名，基础分 0.50；标签“联系人”后有冒号，+0.35；前有否定“不含”，-0.50；合计 0.35"
	if got := f.Why(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
