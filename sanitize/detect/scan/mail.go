package scan

import "strings"

// unitBoxes are local parts of mailboxes that belong to an office, not a person.
var unitBoxes = []string{
	"info", "service", "services", "contact", "office", "admin", "support", "hr", "sales", "market", "marketing", "kefu", "webmaster", "postmaster", "pr", "media", "xinxi",
	"bgs", "kjc", "kyc", "kjj", "mail", "noreply", "no-reply", "help", "helpdesk", "public", "zixun", "tousu", "jubao", "job", "jobs", "zhaopin", "award", "shenbao", "xiangmu", "editor", "edit", "bangongshi", "dangban", "security", "sec", "feedback", "business", "bd", "cs",
}

// email handles a mailbox around the @ at i.
func (s *scanner) email(i int) int {
	a, b := s.mailbox(i, i+1)
	if b == 0 {
		return i + 1
	}
	s.mail(a, b, string(s.t[a:i]), string(s.t[i+1:b]), false)
	return b
}

// mailbox finds the bounds of a mailbox with its sign at [i,k).
func (s *scanner) mailbox(i, k int) (int, int) {
	if s.prev(i) == ' ' && s.at(k) == ' ' && alnum(s.prev(i-1)) {
		i--
	}
	a := i
	for a > 0 && i-a < 64 && (alnum(s.t[a-1]) || containsRune("._%+-", s.t[a-1])) {
		a--
	}
	for a < i && !alnum(s.t[a]) {
		a++
	}
	b, last := s.domain(s.blanks(k))
	if a == i || last == 0 || b-last < 2 || b-last > 12 || count(s.t[last:b], letter) < b-last {
		return a, 0
	}
	return a, b
}

// domain reads the name of a host at k: its end, and where its last part begins, 0
// if it has only one.
func (s *scanner) domain(k int) (end, last int) {
	end = k
	for end < len(s.t) && end-k < 120 {
		if alnum(s.t[end]) || s.t[end] == '-' && alnum(s.at(end+1)) {
			end++
			continue
		}
		d := s.dot(end)
		loose := d > end+1 && (s.t[end] == '.' || s.t[end] == ' ' && d != end+5 && s.at(end+1) != '[' && s.at(end+1) != '(')
		if d == 0 || loose || !alnum(s.at(d)) {
			break
		}
		end, last = d, d
	}
	return end, last
}

func (s *scanner) mail(a, b int, local, domain string, spelled bool) {
	if strings.HasPrefix(domain, "example.") || local == "git" || strings.Trim(local, "x*") == "" {
		return
	}
	h := s.add("I05", a, b, 0.6, "合于电子邮箱的形式")
	if spelled {
		h.why(0.05, "@ 被改写")
	}
	label := s.announces(a, b)
	if label.is(FieldEmail) {
		h.why(0.25, label.says())
	}
	office := label.field == FieldUnitEmail
	for _, u := range unitBoxes {
		office = office || local == u
	}
	if office {
		h.hint("单位公开邮箱可以保留")
	}
}

// spelledEmail handles zhang(at)example-mail.cn; the token “at” stands at [i,j), or an
// “a”, which wants a label.
func (s *scanner) spelledEmail(i, j int) int {
	if j-i == 1 && !s.announces(i, j).is(FieldEmail) {
		return 0
	}
	pair := string([]rune{s.prev(i), s.at(j)})
	switch pair {
	case "()", "[]", "{}", "<>", "【】", "##", "__":
	case "  ":
		if !s.announces(i, j).is(FieldEmail) {
			return 0
		}
	default:
		return 0
	}
	a, k := i-1, s.blanks(j+1)
	for s.prev(a) == ' ' {
		a--
	}
	from, to := s.mailbox(a, k)
	if to == 0 {
		return 0
	}
	s.mail(from, to, string(s.t[from:a]), string(s.t[k:to]), true)
	return to
}

// hashEmail handles zhang#example-mail.cn and zhang # example-mail.cn behind a label.
func (s *scanner) hashEmail(i int) int {
	from, k := i, i+1
	if s.prev(i) == ' ' && s.at(k) == ' ' {
		from, k = i-1, k+1
	}
	if !alnum(s.prev(from)) || !alnum(s.at(k)) || !s.announces(i, i+1).is(FieldEmail) {
		return i + 1
	}
	a, b := s.mailbox(from, k)
	if b == 0 {
		return i + 1
	}
	s.mail(a, b, string(s.t[a:from]), string(s.t[k:b]), true)
	return b
}

// saidEmail handles zhang艾特example-mail.cn; 艾 stands at i.
func (s *scanner) saidEmail(i int) {
	if s.at(i+1) != '特' {
		return
	}
	if a, b := s.mailbox(i, i+2); b > 0 {
		s.mail(a, b, string(s.t[a:i]), string(s.t[i+2:b]), true)
	}
}
