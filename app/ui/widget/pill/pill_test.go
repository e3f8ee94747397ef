package pill_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/pill"
)

// TestEveryKindHasItsSign holds that no state is told by colour alone.
func TestEveryKindHasItsSign(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Standard)
	seen := map[string]pill.Kind{}
	for k := pill.Info; k <= pill.Fault; k++ {
		p := pill.New(k, "状态")
		s := test.RenderObjectToMarkup(p)
		i := strings.Index(s, "状态<")
		if i < 0 {
			t.Fatalf("kind %d shows no word: %s", k, s)
		}
		sign := s[strings.LastIndexByte(s[:i], '>')+1 : i]
		if other, ok := seen[sign]; ok || sign == "" {
			t.Errorf("kinds %d and %d have the sign %q", k, other, sign)
		}
		seen[sign] = k
	}
	p := pill.New(pill.Pending, "待处理")
	p.Set(pill.Done, "已脱敏")
	if p.Text() != "已脱敏" {
		t.Errorf("text %q", p.Text())
	}
}
