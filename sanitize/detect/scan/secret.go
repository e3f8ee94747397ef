package scan

import (
	"math"
	"strings"
)

// secretSpan is the run of signs at i that may be a password: ASCII without
// blanks, full-width letters and digits included; a full-width comma or bracket ends it.
func (s *scanner) secretSpan(i int) int {
	end := i
	for end < len(s.t) && end-i < 128 {
		r := s.t[end]
		if r <= ' ' || r >= 0x7F || s.full(end) && containsRune(",;:!?()", r) {
			break
		}
		end++
	}
	for end > i && s.outside(i, end) {
		end--
	}
	return end
}

// outside tells whether the last sign of [i,end) belongs to the sentence around a value.
func (s *scanner) outside(i, end int) bool {
	r := s.t[end-1]
	if containsRune(",;.\"'`", r) {
		return true
	}
	if !containsRune(")]}", r) {
		return false
	}
	open := count(s.t[i:end], func(r rune) bool { return containsRune("([{", r) })
	shut := count(s.t[i:end], func(r rune) bool { return containsRune(")]}", r) })
	return shut > open
}

// placeholders stand where a password was taken out or is to be filled in.
var placeholders = []string{"null", "none", "nil", "n/a", "na", "xxx", "xxxx", "yyyy", "your", "your_password", "yourpassword", "password", "passwd", "pwd", "secret", "token", "string", "changeme", "required", "true", "false", "test", "hidden", "redacted", "masked", "example", "todo", "tbd", "input", "type", "text", "field", "hash", "login", "reset", "policy", "manager", "protected"}

// ciphers are names of algorithms that stand behind 密码 in texts on cryptography.
var ciphers = []string{"sm1", "sm2", "sm3", "sm4", "sm7", "sm9", "zuc", "aes", "des", "3des", "rsa", "ecc", "ecdsa", "ecdh", "md5", "sha", "sha1", "sha256", "sha-256", "sha512", "tls", "ssl", "gcm", "cbc", "ctr", "hmac", "bcrypt", "scrypt", "pbkdf2", "kyber", "dilithium", "aes256", "aes-256", "aes128", "aes-128", "sm2/sm3/sm4", "sm2/3/4", "sm4-gcm", "sm4-cbc", "ssf33", "pki", "ca", "otp", "totp", "ukey", "usbkey", "ldap", "oauth", "sso"}

// placeholder tells whether a value says that there is none.
func placeholder(v string) bool {
	if strings.HasPrefix(v, "${") || strings.HasPrefix(v, "{{") || strings.HasPrefix(v, "<") {
		return true
	}
	v = strings.ToLower(strings.Trim(v, "\"'`<>{}[]()$%"))
	if len(v) < 2 || strings.Trim(v, string(v[0])) == "" {
		return true
	}
	for _, w := range []string{"***", "xxx", "...", "___", "---", "your", "example", "placeholder", "<", "${", "{{"} {
		if strings.Contains(v, w) {
			return true
		}
	}
	for _, p := range placeholders {
		if v == p {
			return true
		}
	}
	return false
}

func cipher(v string) bool {
	v = strings.ToLower(strings.Trim(v, "\"'`()"))
	for _, c := range ciphers {
		if v == c {
			return true
		}
	}
	return false
}

// classes counts the kinds of signs of a value: lower, upper, digit, other.
func classes(v string) int {
	var lower, up, num, other int
	for _, r := range v {
		switch {
		case r >= 'a' && r <= 'z':
			lower = 1
		case r >= 'A' && r <= 'Z':
			up = 1
		case digit(r):
			num = 1
		default:
			other = 1
		}
	}
	return lower + up + num + other
}

// entropy is Shannon's, in bits a character.
func entropy(v string) float64 {
	var n [256]int
	for i := 0; i < len(v); i++ {
		n[v[i]]++
	}
	e := 0.0
	for _, c := range n {
		if c > 0 {
			p := float64(c) / float64(len(v))
			e -= p * math.Log2(p)
		}
	}
	return e
}

// passwordBehind handles the value behind 密码, 口令, password.
func (s *scanner) passwordBehind(l Label) {
	if s.passwordAhead(l) {
		return
	}
	i, firm := s.passwordValue(l.End)
	if shut := s.closing(l.End, 40); s.at(l.End) == '(' && shut > 0 && count(s.t[l.End:shut], digit) > 0 {
		i, firm = l.End+1, 0 // 口令（Rk@7712）
	}
	if i < 0 {
		return
	}
	if w := string(s.t[l.Start:l.End]); firm < 2 && (w == "pw" || w == "pass" || w == "mima") {
		return
	}
	rule := "H01"
	if s.wirelessBefore(l.Start) {
		rule = "H08"
	} else if s.userBefore(l.Start) {
		rule = "H02"
	}
	s.password(rule, i, firm, "标签“"+string(s.t[l.Start:l.End])+"”")
}

// ahead stands for how firmly a label is tied to a value in front of it.
const ahead = -1

// passwordAhead handles a label that stands alone in brackets behind its value:
// Abc@1234（密码）, admin / Abc@1234（用户名/密码）.
func (s *scanner) passwordAhead(l Label) bool {
	if s.prev(l.Start) != '(' || s.at(l.End) != ')' {
		return false
	}
	end := l.Start - 1
	for s.prev(end) == ' ' {
		end--
	}
	i := end
	for i > 0 && end-i < 40 && s.t[i-1] > ' ' && s.t[i-1] < 0x7F && !s.full(i-1) {
		i--
	}
	if l.Field == FieldPair {
		for k := i; k < end; k++ {
			if s.t[k] == '/' && k > i {
				i = k + 1
				break
			}
		}
	}
	rule := "H01"
	switch {
	case s.wirelessNear(i):
		rule = "H08"
	case l.Field == FieldPair || s.userBefore(i):
		rule = "H02"
	}
	return end > i && s.password(rule, i, ahead, "其后括注“"+string(s.t[l.Start:l.End])+"”")
}

// wirelessNear tells whether WiFi or VPN stands before a value, at most a colon between.
func (s *scanner) wirelessNear(i int) bool {
	for s.prev(i) == ' ' || s.prev(i) == ':' {
		i--
	}
	return s.wirelessBefore(i)
}

// accounts are names of accounts that need no label.
var accounts = []string{"root", "admin", "administrator", "sysadmin", "sa", "postgres", "oracle", "mysql", "guest", "user", "test", "demo", "ops", "operator", "deploy"}

// slashPair handles root/Qx_7731 without a label: the name of an account, a slash at
// i, and a value that is no word and no path.
func (s *scanner) slashPair(i int) int {
	a := i
	for a > 0 && letter(s.t[a-1]) && i-a < 14 {
		a--
	}
	if a == i || s.prev(a) == '/' || s.prev(a) == '.' || digit(s.prev(a)) {
		return i + 1
	}
	known := false
	for _, w := range accounts {
		known = known || string(s.t[a:i]) == w
	}
	v := s.blanks(i + 1)
	end := s.secretSpan(v)
	value := s.rawString(v, end)
	sign := func(r rune) bool { return !alnum(r) && !containsRune("._-/", r) }
	if !known || end-v < 6 || strings.Contains(value, "/") || count(s.t[v:end], digit) == 0 || !strings.ContainsFunc(value, letter) || !strings.ContainsFunc(value, sign) && classes(value) < 4 {
		return i + 1
	}
	s.password("H02", v, 1, "账号“"+string(s.t[a:i])+"”与口令以斜杠相接")
	return max(i+1, end)
}

// passwordFillers may stand between 密码 and 为 or a colon.
var passwordFillers = []string{"已", "均", "都", "也", "仍", "一律", "统一", "分别", "默认", "初始", "临时", "设置", "设定", "设", "改", "重置", "更新", "变更", "(默认)", "(初始)", "字段", "值", "信息"}

// passwordValue skips from a label to its value: 密码：, 口令均为, 密码已统一设置为.
func (s *scanner) passwordValue(i int) (int, int) {
	k := i
	for _, w := range passwordFillers {
		if s.follows(k, w) {
			k += len([]rune(w))
		}
	}
	if k > i && (s.at(k) == 0 || !containsRune("为成是:=", s.at(k))) {
		k = i
	}
	if s.at(k) == '成' {
		k++
	}
	at, firm := s.colon(k)
	for s.at(at) != 0 && containsRune("\"'“`「", s.at(at)) || s.at(at) == '\n' && firm == 2 {
		at++
	}
	if at >= len(s.t) {
		return -1, 0
	}
	return at, firm
}

// password judges the value at i.
func (s *scanner) password(rule string, i, firm int, why string) bool {
	end := s.secretSpan(i)
	v := s.rawString(i, end)
	if end-i < 4 || placeholder(v) || cipher(v) || s.field(i, end) || s.countsSigns(i, end) {
		return false
	}
	if firm < 2 && !s.looksSecret(i, end, v) || firm == 2 && classes(v) < 2 && len(v) < 6 && han(s.at(end)) {
		return false
	}
	h := s.add(rule, i, end, 0.6, "口令值："+kinds(v))
	switch firm {
	case 2:
		h.why(0.35, why+"后有冒号或等号")
	case 1:
		h.why(0.3, why+"后接“为”或空格")
	case ahead:
		h.why(0.2, why)
	default:
		h.why(0.2, why+"后直接相接")
	}
	s.skip = max(s.skip, end)
	return true
}

// countsSigns tells whether the value is a length or a time: 8位, 6-16位, 90天.
func (s *scanner) countsSigns(i, end int) bool {
	return end-i <= 7 && unitOfLength(s.at(s.blanks(end))) && classes(strings.Trim(string(s.t[i:end]), "-~")) == 1
}

// looksSecret tells whether a value without a colon in front is a password and no word
// or name of an algorithm: digits and something else, or 为 and six digits.
func (s *scanner) looksSecret(i, end int, v string) bool {
	if s.prev(i) == '为' && end-i >= 6 && allDigits(s.t[i:end]) {
		return true
	}
	return classes(v) > 1 && count(s.t[i:end], digit) > 0 && v[0] != '/' && !s.cryptic(end, v)
}

// field tells whether what looks like a value is the next label: 密码: 用户名: …
func (s *scanner) field(i, end int) bool {
	l, ok := s.x.label(s.t, i)
	return ok && (l.End == end || l.End == end-1 && s.t[l.End] == ':')
}

// cryptic tells whether the words behind a value make it an algorithm: 密码SM4算法.
func (s *scanner) cryptic(end int, v string) bool {
	for _, w := range []string{"算法", "模块", "协议", "标准", "芯片", "技术", "机", "认证", "加密", "体系"} {
		if s.follows(end, w) {
			return true
		}
	}
	return strings.HasPrefix(strings.ToLower(v), "gm/t") || strings.HasPrefix(strings.ToLower(v), "gb/t")
}

func unitOfLength(r rune) bool {
	return r == '位' || r == '个' || r == '天' || r == '次' || r == '分' || r == '年' || r == '月'
}

// kinds describes a value without showing it.
func kinds(v string) string {
	var k []string
	has := func(f func(rune) bool) bool { return strings.ContainsFunc(v, f) }
	if has(func(r rune) bool { return letter(r) }) {
		k = append(k, "字母")
	}
	if has(digit) {
		k = append(k, "数字")
	}
	if has(func(r rune) bool { return !alnum(r) }) {
		k = append(k, "符号")
	}
	return strings.Join(k, "、")
}

// wirelessBefore tells whether WiFi or VPN stands just before a label.
func (s *scanner) wirelessBefore(i int) bool {
	for k := len(s.labels) - 1; k >= 0 && k >= len(s.labels)-4; k-- {
		l := s.labels[k]
		if l.Field == FieldWireless && l.End <= i && i-l.End <= 6 {
			return true
		}
	}
	return false
}

// userBefore tells whether an account name stands before a label in its sentence.
func (s *scanner) userBefore(i int) bool {
	a, _ := s.sentence(i, i)
	for k := len(s.labels) - 1; k >= 0 && k >= len(s.labels)-6; k-- {
		l := s.labels[k]
		if l.Start < a || i-l.End > 40 {
			break
		}
		if l.Field == FieldUser || l.Field == FieldAccount {
			return true
		}
	}
	return false
}

// pairBehind handles 账号密码：admin/Admin@123.
func (s *scanner) pairBehind(l Label) {
	if s.passwordAhead(l) {
		return
	}
	i, firm := s.passwordValue(l.End)
	if i < 0 {
		return
	}
	k := i
	for k < len(s.t) && k-i < 40 && (alnum(s.t[k]) || containsRune("_.-@", s.t[k])) {
		k++
	}
	if k == i {
		return
	}
	why := "标签“" + string(s.t[l.Start:l.End]) + "”"
	v := s.blanks(k)
	switch r := s.at(v); {
	case r != 0 && containsRune("/,、:|和+", r):
		v = s.blanks(v + 1)
	case v == k:
		s.password("H02", i, max(firm, 1), why)
		return
	}
	if _, ok := s.x.label(s.t, v); !ok {
		s.password("H02", v, 2, why)
	}
}

// userBehind handles 账号 root/Abc@1234, where no label stands before the password.
func (s *scanner) userBehind(l Label) {
	i, _ := s.colon(l.End)
	k := i
	for k < len(s.t) && k-i < 30 && (alnum(s.t[k]) || s.t[k] == '_') {
		k++
	}
	if k == i || s.at(k) != '/' && s.at(k) != ':' || s.full(k) {
		return
	}
	v := k + 1
	end := s.secretSpan(v)
	if value := s.rawString(v, end); classes(value) >= 2 && end-v >= 6 && strings.ContainsFunc(value, digit) && !strings.Contains(value, "/") {
		s.password("H02", v, 1, "账号与口令以斜杠相接")
	}
}

// wirelessBehind handles WiFi: name 12345678 and 验证码：1234; WiFi密码 is met at its own label.
func (s *scanner) wirelessBehind(l Label) {
	i, firm := s.colon(l.End)
	if l.Field != FieldVerification || firm < 1 {
		return
	}
	end := s.secretSpan(i)
	if n := end - i; n >= 4 && n <= 8 && count(s.t[i:end], alnum) == n && count(s.t[i:end], digit) > 0 && !unitOfLength(s.at(end)) {
		s.add("H08", i, end, 0.55, "4 至 8 位").why(0.25, "标签“"+string(s.t[l.Start:l.End])+"”")
	}
}
