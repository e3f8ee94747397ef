// Package benchtext makes the texts on which speed is measured, from the
// project's own sentences and the sample texts of its rules.
package benchtext

import (
	"fmt"
	"strings"

	"jinggao/sanitize/rule"
)

// DocumentBytes is about how long each document is.
const DocumentBytes = 20_000

// sentences are ordinary text of submissions, with nothing in it to find.
var sentences = []string{
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
	"针对城市内涝预报的时效要求，课题组建立了降雨、管网与河道耦合的快速模型，提前量由半小时增加到三小时。",
	"样机在六家医院完成了临床试用，阅片时间平均缩短四成，漏检率由百分之三降到百分之一以下。",
}

// Normal gives documents of ordinary text, n bytes in all.
func Normal(n int) []string {
	return documents(n, func(i int) string { return sentences[i%len(sentences)] })
}

// Mixed gives ordinary text in which every twelfth sentence is a sample of a rule.
func Mixed(set *rule.Set, n int) []string {
	sown := samples(set)
	return documents(n, func(i int) string {
		if i%12 == 11 {
			return sown[i/12%len(sown)]
		}
		return sentences[i%len(sentences)]
	})
}

// Dense gives nothing but samples of rules.
func Dense(set *rule.Set, n int) []string {
	sown := samples(set)
	return documents(n, func(i int) string { return sown[i%len(sown)] })
}

func samples(set *rule.Set) []string {
	var out []string
	for _, r := range set.Rules {
		out = append(out, r.Yes...)
		out = append(out, r.No...)
	}
	return out
}

func documents(n int, sentence func(i int) string) []string {
	var docs []string
	var t strings.Builder
	for i, total := 0, 0; total < n; i++ {
		s := sentence(i)
		t.WriteString(s)
		if i%4 == 3 {
			t.WriteByte('\n')
		}
		total += len(s)
		if t.Len() > DocumentBytes || total >= n {
			docs = append(docs, t.String())
			t.Reset()
		}
	}
	return docs
}

// Roster gives one table of persons that do not exist, with the given number of rows.
func Roster(rows int) string {
	var t strings.Builder
	t.WriteString("姓名\t身份证号\t手机\t邮箱\n")
	for i := range rows {
		fmt.Fprintf(&t, "林知夏\t310105198304123023\t139%08d\tlin.zhixia_%d@keda-lab.cn\n", 16273845+i, i%100)
	}
	return t.String()
}

// Bytes is the length of all documents together.
func Bytes(docs []string) (n int64) {
	for _, d := range docs {
		n += int64(len(d))
	}
	return n
}
