package redact_test

import (
	"testing"

	"jinggao/sanitize/redact"
)

func TestMasks(t *testing.T) {
	for _, c := range []struct{ mask, in, want string }{
		{"id", "110101199003078515", "110101********8515"},
		{"id", "１１０１０１ 19900307 8515", "110101********8515"},
		{"id", "11010119900307851x", "110101********851x"},
		{"id", "110101900307851", "110101*****7851"},
		{"phone", "13800138000", "138****8000"},
		{"phone", "+86 138-0013-8000", "138****8000"},
		{"phone", "①③⑧零零一三八〇〇〇", "138****8000"},
		{"phone", "123", redact.Fixed},
		{"landline", "021-56781234", "021-****234"},
		{"landline", "0571-5678123", "0571-****123"},
		{"card", "6222 0212 3456 7890 123", "**** **** **** 0123"},
		{"email", "zhangsan@x.cn", "zh***@x.cn"},
		{"email", "a@x.cn", "***@x.cn"},
		{"name", "张建国", "张某"},
		{"name", "欧阳锋", "欧阳某"},
		{"name", "联系人：张建国", "联系人：张某"},
		{"name", "韩砚秋教授", "韩某教授"},
		{"name", "祝副主任", "祝某副主任"},
		{"address", "海淀区学院路5号3-201", "海淀区"},
		{"address", "住址：上海市浦东新区某路5号", "住址：上海市浦东新区"},
		{"address", "学院路5号", redact.Fixed},
		{"address", "杭州市文三路5号和平小区3幢", "杭州市"},
		{"ip", "10.12.3.45", "10.*.*.*"},
		{"ip", "10.12.0.0/16", "10.*.*.*"},
		{"ipv6", "240e:3a1::1b", "240e:*:*:*"},
		{"mac", "00:1A:2B:3C:4D:5E", "00:1A:2B:**:**:**"},
		{"plate", "京A12345", "京A·12**5"},
		{"plate", "京A·D12345", "京A·D1***5"},
		{"passport", "E12345567", "E1****567"},
		{"officer", "军字第1234567号", "军字第*******号"},
		{"coordinate", "116.39751,39.90872", "116.4,39.9"},
		{"coordinate", "东经121°28′", redact.Fixed},
		{"amount", "合同额1287.35万元", "合同额千万元级"},
		{"amount", "合同编号：LQ-2025-0417", "合同编号：＊＊＊"},
		{"amount", "合同编号LQ-2025-0417", redact.Fixed},
		{"amount", "Contract No. HK-2024-0091", redact.Fixed},
		{"magnitude", "汇聚1.23亿条人口数据", "汇聚亿条级人口数据"},
		{"name", "举报人顾清岚", "举报人顾某"},
		{"name", "社区矫正对象李卫东", "社区矫正对象李某"},
		{"amount", "若干", redact.Fixed},
		{"decade", "1990年3月7日", "1990年代"},
		{"fixed", "任何文字", redact.Fixed},
		{"no such format", "任何文字", redact.Fixed},
	} {
		if got := redact.Mask(c.mask, c.in); got != c.want {
			t.Errorf("%s %q: got %q want %q", c.mask, c.in, got, c.want)
		}
	}
}

func TestPersonalColumns(t *testing.T) {
	for head, want := range map[string]string{
		"姓 名": "name", "联系电话": "phone", "身份证号码": "id", "E-mail": "email", "单位": "", "备注": "", "项目负责人": "name",
		"本表由各单位联系人如实填写并加盖公章": "",
	} {
		if got := redact.PersonalMask(head); got != want {
			t.Errorf("%q: got %q want %q", head, got, want)
		}
	}
}
