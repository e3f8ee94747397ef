package scan

import "strings"

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
	b := i
	if s.prev(b) == ' ' { // root / Qx_7731
		b--
	}
	a := b
	for a > 0 && letter(s.t[a-1]) && b-a < 14 {
		a--
	}
	if a == b || s.prev(a) == '/' || s.prev(a) == '.' || digit(s.prev(a)) {
		return i + 1
	}
	known := false
	for _, w := range accounts {
		known = known || string(s.t[a:b]) == w
	}
	v := s.blanks(i + 1)
	end := s.secretSpan(v)
	value := s.rawString(v, end)
	sign := func(r rune) bool { return !alnum(r) && !containsRune("._-/", r) }
	if !known || end-v < 6 || strings.Contains(value, "/") || count(s.t[v:end], digit) == 0 || !strings.ContainsFunc(value, letter) || !strings.ContainsFunc(value, sign) && classes(value) < 4 {
		return i + 1
	}
	s.password("H02", v, 1, "账号“"+string(s.t[a:b])+"”与口令以斜杠相接")
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
	if e := s.predicate(k); e > 0 {
		k = e
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

// predicate is where “is” or “to” stands in: password of the console is, password was changed to;
// 0 if neither stands there.
func (s *scanner) predicate(i int) int {
	for _, w := range [6]string{" of ", " for ", " was ", " has been ", " set to ", " on "} {
		if !s.follows(i, w) {
			continue
		}
		for k := i + len(w) - 1; k < len(s.t) && k-i < 48 && (letter(s.t[k]) || s.t[k] == ' ' || s.t[k] == '-'); k++ {
			if s.follows(k, " is ") || s.follows(k, " to ") {
				return k + 3
			}
		}
		return i + len(w) - 1
	}
	return 0
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
