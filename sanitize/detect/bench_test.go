package detect_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-ego/gse"

	"jinggao/assets"
	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

// prose is ordinary text of submissions between the texts of the rules: about one
// sentence in twelve holds something.
var prose = []string{
	"本项目面向大规模应用需求，突破了协同调度、弹性重构与智能运维等关键技术，形成了自主可控的软硬件体系。",
	"平台采用微服务架构，支持在线扩容和灰度发布，单集群可稳定承载每秒十二万次请求，平均时延低于八毫秒。",
	"研究团队由来自高校、科研院所和企业的四十余名科研人员组成，覆盖算法、芯片、系统和应用四个方向。",
	"成果先后应用于轨道交通、港口物流、医疗健康和智慧城市等领域，累计服务用户三千余家，取得显著的经济和社会效益。",
	"与国内外同类成果相比，本项目在能效比、可靠性和可扩展性等方面优势明显，经鉴定总体达到国际先进水平。",
	"近三年新增销售额5.3亿元，新增利润0.8亿元，获授权发明专利21项，制定国家标准3项，发表论文58篇。",
	"下一阶段将重点解决规模化应用中暴露的跨区域协同、数据治理和人才培养等问题，推动成果向更多行业推广。",
	"系统通过了网络安全等级保护测评和软件产品检测，运行期间未发生重大故障，用户满意度保持在百分之九十八以上。",
	"在组织方式上，项目实行总师负责制，下设总体、算法、硬件、测试和应用五个工作组，按季度开展评审和总结。",
	"The system has been deployed in 37 sites and processes 13.8 million records per day with 99.95% availability.",
	"本申报材料不涉及国家秘密和商业秘密，所有数据均已脱敏处理，申报单位对材料的真实性负责。",
}

// benchText is about two million bytes in documents of twenty thousand.
func benchText(b *testing.B, set *rule.Set) []string {
	b.Helper()
	var sown []string
	for _, r := range set.Rules {
		sown = append(sown, r.Yes...)
		sown = append(sown, r.No...)
	}
	var docs []string
	var t strings.Builder
	for n, i := 0, 0; n < 2_000_000; i++ {
		line := prose[i%len(prose)]
		if i%12 == 11 {
			line = sown[(i/12)%len(sown)]
		}
		t.WriteString(line)
		if i%4 == 3 {
			t.WriteByte('\n')
		}
		n += len(line)
		if t.Len() > 20_000 {
			docs = append(docs, t.String())
			t.Reset()
		}
	}
	return docs
}

func size(docs []string) (n int64) {
	for _, d := range docs {
		n += int64(len(d))
	}
	return n
}

// BenchmarkScan is detection as a whole: all rules, evidence and reasons.
func BenchmarkScan(b *testing.B) {
	e, set := loaded()
	docs := benchText(b, set)
	b.SetBytes(size(docs))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			scanDocument(b, e, &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: d}}})
		}
	}
}

// BenchmarkSegmentEverything cuts the same text into words and looks each up in
// the list of terms, which is what simple filters do.
func BenchmarkSegmentEverything(b *testing.B) {
	_, set := loaded()
	docs := benchText(b, set)
	terms := map[string]bool{}
	for _, r := range set.Rules {
		for _, t := range r.Terms {
			terms[t] = true
		}
	}
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictStr(string(assets.Packed(assets.Dictionary))); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size(docs))
	b.ResetTimer()
	for b.Loop() {
		found := 0
		for _, d := range docs {
			for line := range strings.Lines(d) {
				for _, s := range seg.Segment([]byte(line)) {
					if terms[s.Token().Text()] {
						found++
					}
				}
			}
		}
	}
}

// personal are the usual patterns of personal data and credentials.
var personal = []string{
	`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`, `1[3-9]\d{9}`, `0\d{2,3}-?\d{7,8}`, `[\w.+-]+@[\w-]+\.[\w.-]+`,
	`(?:62|4\d|5[1-5])\d{14,17}`, `[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}`, `[EeGg][A-Za-z]?\d{7,8}`, `(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?`,
	`(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}`, `\d{2,3}\.\d{4,},\s?\d{2,3}\.\d{4,}`, `eyJ[\w-]+\.[\w-]+\.[\w-]+`, `(?:LTAI|AKIA|AKID)[0-9A-Za-z]{12,}`,
	`-----BEGIN [A-Z ]*PRIVATE KEY-----`, `(?:密码|口令)\s*[:：为是]\s*\S{4,32}`, `[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青蒙桂宁新藏][A-Z][·]?[A-Z0-9]{5,6}`, `[\p{Han}]{1,10}〔\d{4}〕\d{1,5}号`,
}

// BenchmarkRegexps runs the patterns of the rules and the usual ones over the
// whole text, one by one, as Go expressions.
func BenchmarkRegexps(b *testing.B) {
	_, set := loaded()
	docs := benchText(b, set)
	var res []*regexp.Regexp
	for _, p := range personal {
		res = append(res, regexp.MustCompile(p))
	}
	for _, r := range set.Rules {
		for _, p := range r.Patterns {
			re, err := rule.Compile(p.Expr)
			if err != nil {
				b.Fatal(err)
			}
			res = append(res, re)
		}
	}
	for name, list := range map[string][]*regexp.Regexp{"personal": res[:len(personal)], "all": res} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(docs[:4]))
			for b.Loop() {
				for _, d := range docs[:4] {
					for _, re := range list {
						re.FindAllStringIndex(d, -1)
					}
				}
			}
		})
	}
}
