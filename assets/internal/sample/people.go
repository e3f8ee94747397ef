package main

import "fmt"

// Invented people. Numbers are built here so that their check digits are right.
const (
	leader       = "陆念一"
	leaderMobile = "19900001234"
	member       = "褚云岫"
	memberMobile = "19900005678"
	tester       = "祝南乔"
	testerMobile = "19900002468"
	buyer        = "费知遥"
	buyerMobile  = "19900001357"
)

var (
	leaderID = identity("31011519820614", "203")
	memberID = identity("32058319910927", "126")
	leadCard = luhn("622202100100987654")
	firmCode = creditCode("91310115MA1K9TEST")
)

// identity appends the check digit of GB 11643 to 14 digits and a sequence number.
func identity(place, seq string) string {
	s := place + seq
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}

// luhn appends the check digit of a bank card.
func luhn(s string) string {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return fmt.Sprintf("%s%d", s, (10-sum%10)%10)
}

// creditCode appends the check character of GB 32100.
func creditCode(s string) string {
	const set = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	sum := 0
	for i, w := range []int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28} {
		for k := range len(set) {
			if set[k] == s[i] {
				sum += k * w
			}
		}
	}
	return s + string(set[(31-sum%31)%31])
}

// deployText is the text file: a password, which a second person has to confirm,
// inner addresses, and words of cryptography that are no secret.
const deployText = `港口集卡调度一体化平台 部署说明

一、环境
应用服务器 10.20.36.18，数据库服务器 10.20.36.21，均为虚拟机。
管理后台 http://10.20.36.18:8443/admin/login ，账号 admin，口令：Hk7#qw2Z9
设备接入网关 MAC 00:1B:44:11:3A:B7。

二、安全措施
传输采用国密算法 SM4，签名采用 SM2，属于商用密码应用，已通过密码应用安全性评估。
平台不涉及国家秘密，不处理涉密信息。操作人员须设置复杂的计算机密码并定期更换。

三、联系
实施负责人 ` + buyer + `，手机 ` + buyerMobile + `，邮箱 ` + "fei.zhiyao@example.com" + `。
值班电话请见门户网站。

四、说明
车辆定位使用激光雷达与摄像头融合方案，机密性、完整性和可用性按三级要求设计。
作业高峰时段绝不密集占用道路资源。
`
