package detect_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

func body(text string) document.Part {
	return document.Part{ID: "body", Label: "正文", Role: document.RoleBody, Text: text}
}

func TestHiddenPartIsOneFindingAndIsRead(t *testing.T) {
	e, _ := loaded()
	d := &document.Document{Parts: []document.Part{
		body("公开内容。"),
		{ID: "comment/1", Label: "批注", Role: document.RoleComment, Hidden: &document.Hiding{Rule: "N02", Kind: "批注"}, Text: "请删去手机13800138000"},
		{ID: "comment/2", Label: "批注", Role: document.RoleComment, Hidden: &document.Hiding{Rule: "N02", Kind: "批注"}, Text: " \n\u200b"},
	}}
	fs := scanDocument(t, e, d)
	hidden := hits(fs, "N02", finding.S3)
	if len(hidden) != 1 || hidden[0].Part != "comment/1" || hidden[0].Span != (document.Span{Start: 0, End: 16}) || hidden[0].Hidden != "批注" {
		t.Fatalf("hidden: %+v", hidden)
	}
	phone := hits(fs, "I03", finding.S3)
	if len(phone) != 1 || phone[0].Part != "comment/1" || phone[0].Text != "13800138000" || phone[0].Hidden != "批注" {
		t.Fatalf("phone: %+v", phone)
	}
}

func TestMarksByPlace(t *testing.T) {
	e, _ := loaded()
	for _, c := range []struct {
		name string
		part document.Part
		rule string // "": no finding of group A at S1
	}{
		{"header", document.Part{ID: "h", Label: "页眉 1", Role: document.RoleHeader, Text: "秘　密"}, "A02"},
		{"header with page number", document.Part{ID: "h", Label: "页眉 1", Role: document.RoleHeader, Text: "机密  第3页"}, "A02"},
		{"header beside a title", document.Part{ID: "h", Label: "页眉 1", Role: document.RoleHeader, Text: "某型终端总体方案 机密"}, "A02"},
		{"harmless header", document.Part{ID: "h", Label: "页眉 1", Role: document.RoleHeader, Text: "机密计算平台总体方案"}, ""},
		{"file name", document.Part{ID: "n", Label: "文件名", Role: document.RoleFileName, Text: "总体方案（机密）.docx"}, "A02"},
		{"file name with star", document.Part{ID: "n", Label: "文件名", Role: document.RoleFileName, Text: "秘密★5年 试验数据.pdf"}, "A01"},
		{"harmless file name", document.Part{ID: "n", Label: "文件名", Role: document.RoleFileName, Text: "机密计算平台.docx"}, ""},
		{"property", document.Part{ID: "p", Label: "文档属性", Role: document.RoleProperty, Text: "密级: 机密"}, "A10"},
		{"watermark", document.Part{ID: "w", Label: "正文 第1页", Role: document.RoleBody, Text: "概述 绝密 说明", Marks: []document.Span{{Start: 3, End: 5}}}, "A02"},
		{"declaration", body("本材料不涉及国家秘密，密级：公开。"), ""},
		{"heading of a chapter", body("一、商业秘密\n二、机密性"), ""},
		{"broken over two lines", body("机\n密\n某型终端"), "A02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fs := scanDocument(t, e, &document.Document{Parts: []document.Part{c.part}})
			var got []string
			for _, f := range fs {
				if f.Group == "A" && f.Level == finding.S1 {
					got = append(got, f.Rule)
					if !f.Withdraw {
						t.Errorf("%s must mean 整件移出", f.Rule)
					}
				}
			}
			if c.rule == "" && len(got) > 0 || c.rule != "" && !strings.Contains(strings.Join(got, " "), c.rule) {
				t.Errorf("got %v, want %q%s", got, c.rule, summary(fs))
			}
		})
	}
}

func TestExampleOfAMarkIsToBeConfirmed(t *testing.T) {
	e, _ := loaded()
	fs := scanText(t, e, "密级标志的格式为：机密★10年，由密级、星号和期限组成。")
	got := hits(fs, "A01", finding.S3)
	if len(got) != 1 || got[0].Level != finding.S3 || got[0].Withdraw {
		t.Fatal(summary(fs))
	}
}

func TestWordBoundaryNeedsTheDictionary(t *testing.T) {
	_, set := loaded()
	e, err := detect.New(set, detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const text = "随机分布控制算法与专报。终端支持在线人数统计。"
	before := scanText(t, e, "产品由线人提供。")
	if len(hits(before, "D01", finding.S3)) == 0 {
		t.Error("without the dictionary candidates must be shown")
	}
	if err := e.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	if fs := hits(scanText(t, e, text), "D01", finding.S3); len(fs) > 0 {
		t.Error(summary(fs))
	}
	select {
	case <-e.Ready():
	default:
		t.Error("the engine must be ready")
	}
}

func TestNoDictionary(t *testing.T) {
	_, set := loaded()
	e, err := detect.New(set, detect.Options{Dictionary: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Wait(context.Background()); err == nil {
		t.Error("the lack of a dictionary must be told")
	}
	if len(hits(scanText(t, e, "机密★10年"), "A01", finding.S1)) == 0 {
		t.Error("detection must work without a dictionary")
	}
}

func TestCancelled(t *testing.T) {
	e, _ := loaded()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Scan(ctx, &document.Document{Parts: []document.Part{body("机密★10年")}}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestFingerprintsSurviveEditsElsewhere(t *testing.T) {
	e, _ := loaded()
	text := "第一段说明。\n联系人：沈屿舟，手机13882478227。\n部署在某局涉密网，另有涉密网一处。\n"
	before := prints(scanText(t, e, text))
	after := prints(scanText(t, e, "新增的一段，与此无关，电话13900001111。\n\n"+text+"末尾又加一段。\n"))
	for fp, what := range before {
		if after[fp] == "" {
			t.Errorf("%s has lost its fingerprint", what)
		}
	}
	if len(after) != len(before)+1 {
		t.Errorf("one new finding expected: %v → %v", before, after)
	}
	twice := prints(scanText(t, e, "手机13882478227。\n手机13882478227。"))
	if len(twice) != 2 {
		t.Errorf("two places alike must have two fingerprints: %v", twice)
	}
}

func prints(fs []finding.Finding) map[string]string {
	out := map[string]string{}
	for _, f := range fs {
		out[f.Fingerprint] = f.Rule + " " + f.Text
	}
	return out
}

func TestRepeatedNames(t *testing.T) {
	e, _ := loaded()
	fs := scanText(t, e, "项目负责人：欧阳星野。\n会上，欧阳星野介绍了进展，邓小平理论学习同步开展。")
	if got := hits(fs, "I18", finding.S3); len(got) != 2 || got[1].Text != "欧阳星野" || !strings.Contains(got[1].Why(), "作为姓名出现") {
		t.Error(summary(fs))
	}
}

func TestVisitsThatAreOver(t *testing.T) {
	_, set := loaded()
	e, err := detect.New(set, detect.Options{Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.Local), Dictionary: []byte{}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"副局长拟于2026年11月24日率团出访。": true,
		"副局长拟于2026年12月率团出访。":    true,
		"副局长拟于2027年率团出访。":       true,
		"副局长于2026年11月23日率团出访。":  false,
		"副局长于2026年10月率团出访。":     false,
		"副局长拟于下月率团出访。":          true,
	} {
		if got := len(hits(scanText(t, e, text), "E03", finding.S3)) > 0; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestConcurrentScans(t *testing.T) {
	e, set := loaded()
	var text strings.Builder
	for _, r := range set.Rules {
		text.WriteString(strings.Join(r.Yes, "\n") + "\n")
	}
	want := len(scanText(t, e, text.String()))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := len(scanText(t, e, text.String())); got != want {
				t.Errorf("%d findings, want %d", got, want)
			}
		})
	}
	wg.Wait()
}

// TestHostileTexts would not end in time if anything grew with the square of the text.
func TestHostileTexts(t *testing.T) {
	e, _ := loaded()
	for _, piece := range []string{"机密", "机·密、", "机密★10年", "联系人：张三丰，13882478227。", "涉及国家秘密，", "（", "\u200b密", "第一条\n", "姓名\t电话\n", "1", "二"} {
		text := strings.Repeat(piece, 40_000/len([]rune(piece)))
		start := time.Now()
		n := len(scanText(t, e, text))
		t.Logf("%q: %d findings in %v", piece, n, time.Since(start))
	}
}

func TestWhere(t *testing.T) {
	e, _ := loaded()
	fs := scanText(t, e, "第一段。\n\n第二段。\n联系人手机13882478227。")
	got := hits(fs, "I03", finding.S3)
	if len(got) != 1 || got[0].Where != "正文 第3段" {
		t.Fatalf("%+v", got)
	}
}

func TestStatuteText(t *testing.T) {
	e, _ := loaded()
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "第%d条 机关单位对属于国家秘密的事项，应当确定密级，绝密级国家秘密载体由专人管理，涉密人员脱密期依照规定执行。\n", i+1)
	}
	for _, f := range scanText(t, e, b.String()) {
		if f.Level < finding.S3 && f.Group != "N" {
			t.Errorf("%s %s %q %s", f.Rule, f.Level, f.Text, f.Why())
		}
	}
}

func TestReasonsAddUp(t *testing.T) {
	e, _ := loaded()
	for _, f := range scanText(t, e, "平台已部署于某局涉密网，成果被《沪江内参》第3期刊发。手机13882478227。") {
		sum := 0.0
		for _, r := range f.Reasons {
			if r.Text == "" {
				t.Errorf("%s has an empty reason", f.Rule)
			}
			sum += r.Delta
		}
		if d := min(max(sum, 0), 0.99) - f.Score; d > 0.011 || d < -0.011 {
			t.Errorf("%s: score %.2f, reasons add up to %.2f: %s", f.Rule, f.Score, sum, f.Why())
		}
	}
}

func TestEnglish(t *testing.T) {
	e, _ := loaded()
	for _, c := range []struct{ text, rule string }{
		{"TOP SECRET // Project file", "A09"},
		{"Classification: Secret", "A09"},
		{"CONFIDENTIAL - project team", "A09"},
		{"The annex contains state secrets.", "B01"},
		{"Contact mobile +86 138 1234 5678", "I03"},
		{"ID card number: 310104197806126354", "I01"},
		{"E-mail li.wei@example-mail.cn", "I05"},
		{"Passport No. E12345678", "I10"},
		{"Bank card 6217008439444621169", "I06"},
		{"Server 10.20.30.40 hosts the database.", "G01"},
		{"The station is at 31.23041, 121.47370.", "F01"},
		{"Coordinates: 31°12'45.1\"N, 121°35'12.4\"E", "F01"},
		{"MAC address 00:1A:2B:7C:9D:E4", "G04"},
		{"The password is Qw3#zx9L for the demo account.", "H01"},
		{"postgres://u:Pass123@10.1.2.3:5432/db", "H07"},
		{"CVE-2031-48213 remains unpatched on the host.", "G07"},
		{"WiFi password: guest8866x", "H08"},
		{"Admin console http://10.32.8.21:8080/admin/login", "G05"},
		{"IPv6 240e:3a1:4c20:8f0::1b", "G03"},
		{"License server 10.77.4.8:27000", "G"},
	} {
		fs := scanText(t, e, c.text)
		found := false
		for _, f := range fs {
			found = found || strings.HasPrefix(f.Rule, c.rule) && f.Level <= finding.S3
		}
		if !found {
			t.Errorf("%s wants %s:%s", c.text, c.rule, summary(fs))
		}
	}
}

// pieces are what random texts are made of: words of the rules, what hides them,
// digits of every kind, structure.
