package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// found is what a scan says of a text, by rule; hints have a ? behind the rule.
func found(text string) map[string][]string {
	v := normal.New(text)
	out := map[string][]string{}
	for _, h := range scan.All(&document.Part{Text: text}, v) {
		id := h.Rule
		if h.Level == finding.S4 {
			id += "?"
		}
		out[id] = append(out[id], v.SourceString(h.Span))
	}
	return out
}

func TestFound(t *testing.T) {
	for _, c := range []struct{ text, rule, want string }{
		{"身份证号码为：310105 1983 0412 3023", "I01", "310105 1983 0412 3023"},
		{"证件号3101051983\n04123023", "I01", "3101051983\n04123023"},
		{"身份证\t3\t1\t0\t1\t0\t5\t1\t9\t8\t3\t0\t4\t1\t2\t3\t0\t2\t3", "I01", "3\t1\t0\t1\t0\t5\t1\t9\t8\t3\t0\t4\t1\t2\t3\t0\t2\t3"},
		{"身份证号：310105198304123099", "I01", "310105198304123099"},
		{"Mobile: (+86) 137-6422-9081", "I03", "(+86) 137-6422-9081"},
		{"手机 +86 13764229081 微信同号", "I03", "+86 13764229081"},
		{"手机：0086-137-6422-9081", "I03", "0086-137-6422-9081"},
		{"Tel: 86-13764229081", "I03", "86-13764229081"},
		{"共86 13764229081", "I03", "13764229081"},
		{"管理员 admin / Sjz@8812（用户名/密码）", "H02", "Sjz@8812"},
		{"会场 WiFi：Wic#8899（密码），请勿外传", "H08", "Wic#8899"},
		{"后台 Kd82#mmq（口令）", "H01", "Kd82#mmq"},
		{"Console: Kd82#mmq (password)", "H01", "Kd82#mmq"},
		{"手机一三八零零一三八零零零", "I03", "一三八零零一三八零零零"},
		{"拨打①③⑧⑥④⑦②②⑨⓪①", "I03", "①③⑧⑥④⑦②②⑨⓪①"},
		{"电话：136.0182.7745", "I03", "136.0182.7745"},
		{"手机号是1 3 7 6 1 2 3 4 5 6 7", "I03", "1 3 7 6 1 2 3 4 5 6 7"},
		{"办公电话（021）6234 0871", "I04?", "（021）6234 0871"},
		{"电话l38OO138000转告", "I03", "l38OO138000"},
		{"手机 138，1744，0962", "I03", "138，1744，0962"},
		{"邮箱 luanyu(a)keda-lab.cn", "I05", "luanyu(a)keda-lab.cn"},
		{"服务器10·121·6·18", "G01", "10·121·6·18"},
		{"东经一百二十一度三十五分十二秒", "F01", "东经一百二十一度三十五分十二秒"},
		{"坐标为一百零三度零四分五十一点二秒", "F01", "一百零三度零四分五十一点二秒"},
		{"东经一二一点五八二三一度", "F01", "东经一二一点五八二三一度"},
		{"备机10.201.33.九，主机略", "G01", "10.201.33.九"},
		{"网关10.二.33.1，", "G01", "10.二.33.1"},
		{"姓\n名\n石\n见\n清\n性\n别\n男", "I18", "石\n见\n清"},
		{"姓\n名\n石见清\n性别\n男", "I18", "石见清"},
		{"联\n系\n人\n欧\n阳\n青", "I18", "欧\n阳\n青"},
		{"枫桥路12号502室，万俟宁收", "I18", "万俟宁"},
		{"枫桥路12号502室穆知远（收）", "I18", "穆知远"},
		{"申请号：CN202410567213.6，受理中", "L01", "CN202410567213.6"},
		{"车牌：VA-70312（军车）", "C14", "VA-70312"},
		{"主要完成人情况：1.裴景行，总体；2.葛一鸣，算法", "I18", "葛一鸣"},
		{"答辩由孟清源完成", "I18", "孟清源"},
		{"单清源，男，1979年生，教授", "I18", "单清源"},
		{"请审阅。\n卞之林\n科技处", "I18", "卞之林"},
		{"此致敬礼！\n卞之林\n2025年3月2日", "I18", "卞之林"},
		{"研制人员：甘霖、农广茂、石见清", "I18", "农广茂"},
		{"参加人员：信息中心 石见清、科技处 龙广源", "I18", "龙广源"},
		{"加微信：qinyutong_lz", "I22", "qinyutong_lz"},
		{"（签名）余秋白 2025年3月", "I18", "余秋白"},
		{"收件人：虞山青 地址：苏州市姑苏区平江路188号2幢301", "I20", "苏州市姑苏区平江路188号2幢301"},
		{"解压码 award2025", "H01", "award2025"},
		{"secret_key = 'dj-8k2!m4p9q7x1z5v3w6y8b0n2'", "H04", "dj-8k2!m4p9q7x1z5v3w6y8b0n2"},
		{"高级工程师耿修文负责算法", "I18", "耿修文"},
		{"负责人：张伯言、李清源已到场", "I18", "李清源"},
		{"来自胸外科沈怀瑾主任", "I18", "沈怀瑾"},
		{"宅电：021-62340871", "I04", "021-62340871"},
		{"收款 6217 0012 3456 7890 122", "I06", "6217 0012 3456 7890 122"},
		{"永居证 USA310085031201", "I12", "USA310085031201"},
		{"邮箱 liu.yang[at]keda-lab[dot]cn", "I05", "liu.yang[at]keda-lab[dot]cn"},
		{"邮箱：info@keda-lab.cn", "I05?", "info@keda-lab.cn"},
		{"邮箱：zhouyan # keda-lab.cn（#换成@）", "I05", "zhouyan # keda-lab.cn"},
		{"家住上海市 徐汇区 秋棠路 398 弄 12 号 1503 室，离园区近", "I20", "上海市 徐汇区 秋棠路 398 弄 12 号 1503 室"},
		{"出生日期：1986-11-02", "I21", "1986-11-02"},
		{"1979年6月20日出生于外地", "I21", "1979年6月20日"},
		{"出生年月：1985.03", "I21?", "1985.03"},
		{"性别：女，民族：回族，籍贯：某省某市，学历：博士", "I21", "性别：女，民族：回族，籍贯：某省某市，学历：博士"},
		{"微信号：linzhixia_88", "I22", "linzhixia_88"},
		{"社保卡号：J40927716", "I14", "J40927716"},
		{"设备序列号：KX77A20931", "G12", "KX77A20931"},
		{"袁隆平院士的杂交水稻", "I18?", "袁隆平"},
		{"联系人：李强，科技处", "I18", "李强"},
		{"首席专家刘德明院士出席", "I18", "刘德明"},
		{"参加的有林知夏、周子衡、段清扬。", "I19?", "周子衡"},
		{"肇事车辆苏E8K72挂", "I16", "苏E8K72挂"},
		{"随行车辆WJ京20417一台", "C14", "WJ京20417"},
		{"手机13916273845一部", "I03", "13916273845"},
		{"联 系 人：赵  磊", "I18", "赵  磊"},
		{"联系人/电话：张伟/021-5550", "I18", "张伟"},
		{"由我校陈思和教授牵头", "I18", "陈思和"},
		{"户籍地址：湖北省武汉市洪山区珞喻路100号", "I20", "湖北省武汉市洪山区珞喻路100号"},
		{"登录主机192[.]168[.]31[.]25", "G01", "192[.]168[.]31[.]25"},
		{"主机10点12点8点77", "G01", "10点12点8点77"},
		{"网关 gw.keda-lab.cn:8443", "G02", "gw.keda-lab.cn:8443"},
		{"用户名 root/Root@9988", "H02", "Root@9988"},
		{"密码“Hj#20255”不得外泄", "H01", "Hj#20255"},
		{"管理口令：Ｑｘ＠８８１２ｋｄ", "H01", "Ｑｘ＠８８１２ｋｄ"},
		{"E121.473701 N31.230416", "F01", "E121.473701 N31.230416"},
		{"121度28分25.3秒，北纬31度13分49.5秒", "F01", "北纬31度13分49.5秒"},
		{"备用节点 172.23\n.14.31，仅限办公网", "G01", "172.23\n.14.31"},
		{"签订供货合同，合同编\n号：XLZ-HT-2026-0868，金额略", "K02", "合同编\n号：XLZ-HT-2026-0868"},
		{"项目联系人：祝清越，手机 159928\n14579，另有附件", "I03", "159928\n14579"},
		{"据沪经信军〔2024〕118号", "M03", "沪经信军〔2024〕118号"},
		{"按沪测密〔2024〕5号保管", "M03", "沪测密〔2024〕5号"},
		{"中标价：￥3,450,000元", "K02", "中标价：￥3,450,000元"},
	} {
		t.Run(c.rule+" "+c.text, func(t *testing.T) {
			got := found(c.text)
			for _, s := range got[c.rule] {
				if s == c.want {
					return
				}
			}
			t.Errorf("want %s %q, got %q", c.rule, c.want, got)
		})
	}
}

func TestLeftAlone(t *testing.T) {
	for _, text := range []string{
		"流水3101051983041230237788", "物流单号310105198304123099已签收", "资产13800138000万元", "订单编号13761234567", "订单138l7265409", "型号T13761234567",
		"哈希13761234567abcdef", "服务热线：4008201234", "晋A级景区5家", "沪公网安备31010102002000号", "京ICP证030173号",
		"联系人：见附表", "负责人易地任职须报备", "姓名、电话、单位均须填写", "Contact: Sales Department", "Project Name: Deep Ocean Platform",
		"软件版本V10.2.3.4已发布", "比例 10:20:30:40:50:60", "Chrome 120.0.6099.109 发布", "main.go:35", "密码：无", "采用密码SM2算法签名",
		"密码为8位以上数字", "password must contain 8 characters", "价格12.3456, 78.9012元", "x=1234567890", "合同签订后三年", "详见10.2.3.一般要求", "目录10.2.3.一、总则", "升温至一百二十度保持三分钟", "旋转一百二十度三十分后停止", "姓\n名\n见\n附\n表", "提高工程质量管理", "款项已于当日签收。", "方法：\n程序化\n信息部", "说明。\n白皮书\n2025年3月2日", "由江苏省完成", "由高校牵头", "由卫健委牵头", "签字确认后生效", "高级工程师任职资格评审", "根据国科发资〔2022〕123号",
	} {
		got := found(text)
		for rule, s := range got {
			if !strings.HasSuffix(rule, "?") {
				t.Errorf("%q: %s %q", text, rule, s)
			}
		}
	}
}

func TestReasonsCarryTheArithmetic(t *testing.T) {
	text := "联系人：林知夏，手机13916273845，身份证310105198304123023，口令为Rx#5521qa，服务器10.88.0.1。"
	for _, h := range scan.All(nil, normal.New(text)) {
		sum := 0.0
		for _, r := range h.Reasons {
			sum += r.Delta
			if r.Text == "" {
				t.Errorf("%s: a reason without words", h.Rule)
			}
		}
		if d := sum - h.Score; d > 0.051 || d < -0.001 {
			t.Errorf("%s: reasons sum to %.2f, score %.2f", h.Rule, sum, h.Score)
		}
		for _, r := range h.Reasons {
			if strings.Contains(r.Text, "Rx#5521qa") {
				t.Error("a reason shows the password")
			}
		}
	}
}

var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// identity draws a valid identity number and one with another check character.
func identity(t *rapid.T) (right, wrong string) {
	s := fmt.Sprintf("%s%02d%02d%04d%02d%02d%03d",
		rapid.SampledFrom([]string{"11", "31", "32", "33", "42", "44", "51", "61"}).Draw(t, "province"), rapid.IntRange(1, 20).Draw(t, "city"), rapid.IntRange(1, 29).Draw(t, "county"),
		rapid.IntRange(1940, 2020).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 999).Draw(t, "serial"))
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	const checks = "10X98765432"
	return s + checks[sum%11:sum%11+1], s + checks[(sum+3)%11:(sum+3)%11+1]
}

func luhn(body string) (right, wrong string) {
	for d := byte('0'); d <= '9'; d++ {
		s, sum := body+string(d), 0
		for i := range len(s) {
			v := int(s[len(s)-1-i] - '0')
			if i%2 == 1 {
				if v *= 2; v > 9 {
					v -= 9
				}
			}
			sum += v
		}
		if sum%10 == 0 {
			return s, body + string('0'+(d-'0'+4)%10)
		}
	}
	return "", ""
}

// disguise writes a number the way people and machines do.
func disguise(t *rapid.T, s string) string {
	switch rapid.IntRange(0, 5).Draw(t, "disguise") {
	case 0:
		return s
	case 1: // full width
		return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
	case 2: // zero width
		k := rapid.IntRange(1, len(s)-1).Draw(t, "cut")
		return s[:k] + "\u200b" + s[k:]
	case 3: // Chinese digits
		if strings.HasSuffix(s, "X") {
			return s
		}
		return strings.Map(func(r rune) rune { return []rune("零一二三四五六七八九")[r-'0'] }, s)
	case 4: // blanks
		if len(s) == 11 {
			return s[:3] + " " + s[3:7] + " " + s[7:]
		}
		if len(s) == 18 {
			return s[:6] + " " + s[6:14] + " " + s[14:]
		}
		return s
	}
	if len(s) == 11 {
		return s[:3] + "-" + s[3:7] + "-" + s[7:]
	}
	return s
}

var (
	before = []string{"", "项目材料中写有", "详见附件。", "编制说明："}
	after  = []string{"", "，请核对。", "。另附说明", "（以上为申报人填写）"}
)

func TestValidNumbersAreFoundExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rule, label, number string
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			rule, label = "I01", rapid.SampledFrom([]string{"身份证号：", "证件号码", "ID No. ", ""}).Draw(t, "label")
			number, _ = identity(t)
		case 1:
			rule, label = "I03", rapid.SampledFrom([]string{"手机：", "联系电话", "Tel: ", "微信同号 "}).Draw(t, "label")
			number = rapid.SampledFrom([]string{"13", "15", "18"}).Draw(t, "segment") + rapid.StringMatching(`[1-357-9][0-9]{8}`).Draw(t, "rest")
		default:
			rule, label = "I06", rapid.SampledFrom([]string{"卡号：", "银行卡号"}).Draw(t, "label")
			number, _ = luhn("62" + rapid.StringMatching(`[0-9]{13,16}`).Draw(t, "body"))
		}
		written := disguise(t, number)
		text := rapid.SampledFrom(before).Draw(t, "before") + label + written + rapid.SampledFrom(after).Draw(t, "after")
		for _, s := range found(text)[rule] {
			if s == written {
				return
			}
		}
		t.Fatalf("%q: want %s %q, got %q", text, rule, written, found(text))
	})
}

func TestNearMissesAreLeftAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		right, wrong := identity(t)
		card, miss := luhn("62" + rapid.StringMatching(`[0-9]{14}`).Draw(t, "body"))
		phone := "13" + rapid.StringMatching(`[0-9]{9}`).Draw(t, "phone")
		var text string
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			text = "流水" + wrong + "已归档"
		case 1:
			text = "长码" + right + "778已归档"
		case 2:
			text = "编号A" + right + "B"
		case 3:
			text = "物料" + miss + "入库"
		case 4:
			text = "订单号" + card + phone + "完成"
		case 5:
			text = "产值" + phone + "元"
		default:
			text = "时间戳" + phone + "12"
		}
		for rule, s := range found(text) {
			if strings.HasPrefix(rule, "I0") && !strings.HasSuffix(rule, "?") {
				t.Fatalf("%q: %s %q", text, rule, s)
			}
		}
	})
}

func TestAnyTextIsScanned(t *testing.T) {
	pieces := []string{
		"身份证", "密码：", "联系人：", "经度", "1", "138", "0013", "8000", "x", "@", "cn", ".", ":", "//", "http", "-----BEGIN ", "eyJ", "〔2024〕", "号", "°", "′", "字第", "沪", "A", "WJ", "室", "路",
		"(", "）", "\t", "\n", " ", "|", ",", "、", "姓名", "手机", "=", "\"", "①", "一", "教授", "合同金额", "万元", "出生日期", "性别", "民族", "籍贯", "出生", "序列号", "微信", "账号密码", "验证码", "token", "车牌", "护照", "卡号", "住址", "坐标X", "东经", "邮箱", "军官证", "合同编号", "专利号", "申请号", "同志", "wifi", "appsecret", "iccid", "社保号", "contact", "password", "is", "#", "CVE-", "年", "月", "LTAI", "wx", "[.]", "艾特", "X=", "·", "王", "欧阳", "is ", "　",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 3, -1)), 0, 40).Draw(t, "pieces"), "")
		v := normal.New(text)
		for _, h := range scan.All(&document.Part{Text: text}, v) {
			if h.Start < 0 || h.End > len(v.Text) || h.Start >= h.End {
				t.Fatalf("%q: %s at %v of %d", text, h.Rule, h.Span, len(v.Text))
			}
			if h.Score < 0 || h.Score > 1 || len(h.Reasons) == 0 {
				t.Fatalf("%q: %s score %v, %d reasons", text, h.Rule, h.Score, len(h.Reasons))
			}
		}
	})
}

func FuzzAll(f *testing.F) {
	for _, s := range []string{"身份证号：310105198304123023", "姓名\t手机\n林知夏\t13916273845", "密码=\"", "121°", "http://", "〔2024〕1号", "E1", "-----BEGIN RSA PRIVATE KEY-----"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := normal.New(text)
		for _, h := range scan.All(nil, v) {
			if h.Start < 0 || h.End > len(v.Text) || h.Start >= h.End {
				t.Fatalf("%s at %v of %d", h.Rule, h.Span, len(v.Text))
			}
		}
	})
}
