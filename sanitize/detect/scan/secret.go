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
