package scan

import (
	"net/netip"
	"strconv"
	"strings"
)

// private lists the networks that are not routed in public; 100.64/10 is shared address
// space of providers.
var private = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")

// example lists networks of documentation, loopback, broadcast and the like, which say nothing.
var example = prefixes("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "127.0.0.0/8", "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3",
	"2001:db8::/32", "3fff::/20", "::1/128", "::/128", "ff00::/8", "fe80::/10")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

func within(list []netip.Prefix, a netip.Addr) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// dot skips what parts the numbers of an address: a dot, blanks around it, or a dot that
// somebody has taken apart: [.] (.) [dot]. It returns 0 where there is none.
func (s *scanner) dot(i int) int {
	k := i
	if s.follows(k, " dot ") {
		return k + 5
	}
	if s.at(k) == ' ' {
		k++
	}
	switch s.at(k) {
	case '.', '。', '点':
		k++
	case '[', '(':
		switch {
		case s.at(k+1) == '.' && (s.at(k+2) == ']' || s.at(k+2) == ')'):
			k += 3
		case s.follows(k+1, "dot") && (s.at(k+4) == ']' || s.at(k+4) == ')'):
			k += 5
		case s.at(k+1) == '点' && (s.at(k+2) == ']' || s.at(k+2) == ')'):
			k += 3
		default:
			return 0
		}
	default:
		return 0
	}
	if s.at(k) == ' ' {
		k++
	}
	return k
}

// octet reads a number of one to three digits up to 255 at i; 0 if there is none.
func (s *scanner) octet(i int) (value, end int) {
	end = i
	for digit(s.at(end)) && end-i < 4 {
		value = value*10 + int(s.t[end]-'0')
		end++
	}
	if end == i || end-i > 3 || value > 255 || end-i > 1 && s.t[i] == '0' {
		return 0, 0
	}
	return value, end
}

// address4 handles an IPv4 address that begins with the digits [i,j), with the
// prefix length or port behind it.
func (s *scanner) address4(i, j int) int {
	if j-i > 3 || s.at(j) != '.' && s.at(j) != '[' && s.at(j) != '(' && s.at(j) != ' ' && s.at(j) != '。' && s.at(j) != '点' {
		return 0
	}
	var b [4]byte
	k, plain := i, true
	for n := range 4 {
		v, end := s.octet(k)
		if end == 0 {
			return 0
		}
		b[n] = byte(v)
		k = end
		if n < 3 {
			d := s.dot(k)
			if d == 0 {
				return 0
			}
			plain = plain && d == k+1 && s.t[k] == '.'
			k = d
		}
	}
	p := s.prev(i)
	if p == '.' && digit(s.prev(i-1)) || s.at(k) == '.' && digit(s.at(k+1)) || alnum(s.at(k)) || letter(p) && !s.labelEnds(i) || p == '_' || p == '-' && alnum(s.prev(i-1)) && s.prev(i-1) != 'p' && !s.rangeEnd(i) {
		return k
	}
	a := netip.AddrFrom4(b)
	end, ported := s.portOrPrefix(k)
	s.judge4(a, i, end, ported, plain)
	return end
}

// rangeEnd tells whether an address that was found stands before the hyphen in front of i: 10.8.1.21-10.8.1.30.
func (s *scanner) rangeEnd(i int) bool {
	n := len(s.hits)
	return n > 0 && s.hits[n-1].End == i-1 && s.hits[n-1].Rule[0] == 'G'
}

// portOrPrefix reads /24 or :8080 behind an address.
func (s *scanner) portOrPrefix(k int) (end int, port bool) {
	r := s.at(k)
	if r != '/' && r != ':' || !digit(s.at(k+1)) {
		return k, false
	}
	e, v := k+1, 0
	for digit(s.at(e)) && e-k <= 5 {
		v = v*10 + int(s.t[e]-'0')
		e++
	}
	if digit(s.at(e)) || r == '/' && v > 32 || r == ':' && (v == 0 || v > 65535 || s.at(e) == ':') {
		return k, false
	}
	if r == ':' && s.full(k) {
		return k, false
	}
	return e, r == ':'
}

var versionWords = []string{"版本", "固件", "软件", "升级", "version", "ver", "内核", "补丁", "驱动", "release", "section", "chapter", "clause", "article", "章节", "条款"}
var hostWords = []string{"ip", "地址", "服务器", "主机", "网关", "公网", "端口", "网段", "访问", "登录", "部署", "接口", "节点", "dns", "路由", "防火墙", "映射", "server", "host", "gateway", "address", "后台", "入口", "堡垒机", "交换机"}

// section tells whether what stands behind makes the numbers a section of a text.
func section(r rune) bool {
	switch r {
	case '节', '章', '条', '款', '版', '项':
		return true
	}
	return false
}

func (s *scanner) judge4(a netip.Addr, i, end int, ported, plain bool) {
	p := s.prev(i)
	if within(example, a) || (p == 'v' || p == 'V') && plain || section(s.at(end)) || s.at(end) == ' ' && section(s.at(end+1)) || p == '§' {
		return
	}
	before := string(s.t[max(0, i-12):i])
	if k := strings.LastIndexAny(before, "。\n;,"); k >= 0 {
		before = before[k:]
	}
	version := anyOf(before, versionWords)
	host := s.announces(i, end).is(FieldHost) || anyOf(before, hostWords)
	inner := within(private, a)
	switch {
	case version && !host, strings.HasSuffix(before, "gb/t ") || strings.HasSuffix(before, "gb/t"), strings.HasSuffix(before, "第"):
		return
	case inner:
		h := s.add("G01", i, end, 0.7, "IPv4 地址 "+a.String()+" 在内网网段")
		s.taken(h, plain, host)
	case ported:
		h := s.add("G02", i, end, 0.75, "公网 IPv4 地址加端口")
		s.taken(h, plain, host)
	case host:
		h := s.add("G02", i, end, 0.5, "公网 IPv4 地址")
		s.taken(h, plain, host)
	default:
		s.add("G02", i, end, 0.4, "四段数字，也可能是版本号或编号").hint("无地址语境，仅提示")
	}
}

func (s *scanner) taken(h *Hit, plain, host bool) {
	h.Certain = true
	if host {
		h.why(0.2, "邻近地址、主机等词")
	}
	if !plain {
		h.why(0.05, "分隔符被改写")
	}
}

func anyOf(text string, list []string) bool {
	for _, w := range list {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func hexDigit(r rune) bool { return digit(r) || r >= 'a' && r <= 'f' }

// hexGroups handles MAC and IPv6 addresses that begin with the hexadecimal token
// [i,j).
func (s *scanner) hexGroups(i, j int) int {
	sep := s.t[j]
	if sep == ':' && s.full(j) && !hexDigit(s.at(j+1)) {
		return 0
	}
	p := s.prev(i)
	if (p == ':' || p == '-') && hexDigit(s.prev(i-1)) {
		return 0
	}
	k := i
	for k < len(s.t) && (hexDigit(s.t[k]) || s.t[k] == sep && (hexDigit(s.at(k+1)) || s.at(k+1) == sep || k > i && s.t[k-1] == sep)) {
		k++
	}
	if letter(s.at(k)) || k-i > 120 {
		return 0
	}
	text := string(s.t[i:k])
	switch {
	case sep == '.' && len(text) == 14:
		return s.mac(text, i, k)
	case sep != '.' && len(text) == 17 && text[2] == byte(sep):
		if end := s.mac(text, i, k); end > 0 {
			return end
		}
	case sep != '.' && len(text) > 17 && text[2] == byte(sep) && strings.Count(text, string(sep))*3+2 == len(text):
		return k // a fingerprint
	}
	if sep != ':' || strings.Count(text, ":") < 2 {
		return 0
	}
	a, err := netip.ParseAddr(text)
	if err != nil || a.Is4() {
		return 0
	}
	if within(example, a) {
		return k
	}
	end := k
	if s.at(k) == '/' && digit(s.at(k+1)) {
		for end = k + 1; digit(s.at(end)) && end < k+4; {
			end++
		}
	}
	s.add("G03", i, end, 0.6, "可解析为 IPv6 地址").proved("非文档网段、非本机地址")
	return end
}

func (s *scanner) mac(text string, i, k int) int {
	hex := strings.NewReplacer(":", "", "-", "", ".", "").Replace(text)
	if len(hex) != 12 || strings.Count(text, ":") != 5 && strings.Count(text, "-") != 5 && strings.Count(text, ".") != 2 {
		return 0
	}
	v, err := strconv.ParseUint(hex, 16, 64)
	if err != nil || v == 0 || v == 1<<48-1 || (strings.Contains(text, ".") || allDigits(s.t[i:i+2]) && !strings.ContainsFunc(hex, letter)) && !s.nearWord(i, k, "mac", "物理地址", "网卡") {
		return 0
	}
	s.add("G04", i, k, 0.6, "6 组十六进制数，合于 MAC 地址").proved("非全 0、全 F，前后无同类字节")
	return k
}

// unitBoxes are local parts of mailboxes that belong to an office, not a person.
var unitBoxes = []string{"info", "service", "services", "contact", "office", "admin", "support", "hr", "sales", "market", "marketing", "kefu", "webmaster", "postmaster", "pr", "media", "xinxi",
	"bgs", "kjc", "kyc", "kjj", "mail", "noreply", "no-reply", "help", "helpdesk", "public", "zixun", "tousu", "jubao", "job", "jobs", "zhaopin", "award", "shenbao", "xiangmu", "editor", "edit", "bangongshi", "dangban", "security", "sec", "feedback", "business", "bd", "cs"}

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
	for s.at(k) == ' ' {
		k++
	}
	b, last := k, 0
	for b < len(s.t) && b-k < 120 {
		if alnum(s.t[b]) || s.t[b] == '-' && alnum(s.at(b+1)) {
			b++
			continue
		}
		d := s.dot(b)
		if d == 0 || !alnum(s.at(d)) || d > b+1 && s.t[b] == ' ' && d != b+5 || s.t[b] == '.' && d > b+1 {
			break
		}
		b, last = d, d
	}
	if a == i || last == 0 || b-last < 2 || b-last > 12 {
		return a, 0
	}
	for _, r := range s.t[last:b] {
		if !letter(r) {
			return a, 0
		}
	}
	return a, b
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

// spelledEmail handles zhang(at)example-mail.cn; the token “at” stands at i.
func (s *scanner) spelledEmail(i int) int {
	open, shut := s.prev(i), s.at(i+2)
	a, k := i-1, i+3
	switch {
	case open == '(' && shut == ')', open == '[' && shut == ']', open == '{' && shut == '}', open == '<' && shut == '>', open == '【' && shut == '】', open == '#' && shut == '#', open == '_' && shut == '_':
	case open == ' ' && shut == ' ' && s.announces(i, i+2).is(FieldEmail):
	default:
		return 0
	}
	for s.prev(a) == ' ' {
		a--
	}
	for s.at(k) == ' ' {
		k++
	}
	from, to := s.mailbox(a, k)
	if to == 0 {
		return 0
	}
	s.mail(from, to, string(s.t[from:a]), string(s.t[k:to]), true)
	return to
}

// innerNames end the names of hosts inside an organisation.
var innerNames = []string{".local", ".intra", ".intranet", ".internal", ".lan", ".corp", ".home.arpa"}

// backPaths are parts of paths that lead to the back of a system.
var backPaths = []string{"admin", "manage", "manager", "console", "backend", "houtai", "phpmyadmin", "actuator", "druid", "nacos", "swagger", "jenkins", "grafana", "zabbix", "webshell"}

// url handles an address with a scheme; the colon of :// stands at i.
func (s *scanner) url(i int) int {
	a := i
	for a > 0 && (alnum(s.t[a-1]) || s.t[a-1] == '+' || s.t[a-1] == ':' && a-1 > 0 && letter(s.t[a-2])) && i-a < 40 && !s.full(a-1) {
		a--
	}
	if a == i {
		return i + 3
	}
	end := i + 3
	for end < len(s.t) && s.t[end] > ' ' && s.t[end] < 0x7F && !s.full(end) && !containsRune("\"<>{}|\\^`", s.t[end]) {
		end++
	}
	for end > i+3 && containsRune(".,;:!?)'", s.t[end-1]) {
		end--
	}
	s.skip = end
	scheme, rest := string(s.t[a:i]), string(s.t[i+3:end])
	host, path := rest, ""
	if k := strings.IndexAny(rest, "/?#"); k >= 0 {
		host, path = rest[:k], rest[k:]
	}
	if s.credentials(a, end, scheme, host, rest) {
		return end
	}
	s.judgeURL(a, end, scheme, host, path)
	return end
}

// judgeURL tells addresses of the inside and the back of a system from public ones.
func (s *scanner) judgeURL(a, end int, scheme, host, path string) {
	name, port := host, ""
	if k := strings.LastIndexByte(host, ':'); k >= 0 && !strings.HasSuffix(host, "]") {
		name, port = host[:k], host[k+1:]
	}
	web := strings.HasPrefix(scheme, "http") || scheme == "ftp" || scheme == "rtsp" || scheme == "ws" || scheme == "wss"
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	back := anyPart(path, backPaths) || anyPart(name, backPaths)
	login := strings.Contains(path, "login") || strings.Contains(path, "signin")
	near := s.around(a, end, 12)
	switch {
	case err == nil && within(example, addr), name == "" || name == "localhost" || strings.HasPrefix(name, "example.") || strings.HasSuffix(name, ".example.com"):
	case err == nil && within(private, addr):
		s.add("G05", a, end, 0.7, "网址主机为内网地址").proved("地址可解析")
	case err == nil && addr.Is4():
		s.add("G05", a, end, 0.6, "网址主机为 IP 地址").proved("地址可解析")
	case err == nil:
		s.add("G03", a, end, 0.6, "网址主机为 IPv6 地址").proved("地址可解析")
	case anySuffix(name, innerNames) || !strings.Contains(name, ".") && web && len(name) > 2:
		s.add("G05", a, end, 0.7, "网址主机为内部域名").Certain = true
	case !web && scheme != "https":
		s.add("G13", a, end, 0.6, "服务或数据库连接地址")
	case back:
		s.add("G05", a, end, 0.65, "网址路径指向管理后台").Certain = true
	case login && anyOf(near, []string{"后台", "管理", "运维", "内网", "vpn"}):
		s.add("G05", a, end, 0.65, "网址路径为登录页，邻近“后台”“管理”等词").Certain = true
	case port != "" && port != "80" && port != "443":
		s.add("G02", a, end, 0.6, "域名加端口 "+port).Certain = true
	}
}

// anyPart tells whether one of the words is a whole part of a path or host name.
func anyPart(path string, list []string) bool {
	for _, p := range strings.FieldsFunc(path, func(r rune) bool { return !alnum(r) }) {
		for _, w := range list {
			if p == w || len(w) > 5 && strings.HasPrefix(p, w) {
				return true
			}
		}
	}
	return false
}

func anySuffix(name string, list []string) bool {
	for _, w := range list {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// publicTops end names of hosts in running text; others (main.go:35) are files.
var publicTops = map[string]bool{"com": true, "cn": true, "net": true, "org": true, "gov": true, "edu": true, "io": true, "top": true, "xyz": true, "tech": true, "info": true, "cc": true, "vip": true, "local": true, "lan": true, "intra": true, "internal": true, "corp": true, "intranet": true}

// domainPort handles gw.keda-lab.cn:8443; the colon stands at i.
func (s *scanner) domainPort(i int) int {
	a := i
	for a > 0 && i-a < 80 && (alnum(s.t[a-1]) || s.t[a-1] == '-' || s.t[a-1] == '.') {
		a--
	}
	name := string(s.t[a:i])
	k := strings.LastIndexByte(name, '.')
	if k < 1 || !publicTops[name[k+1:]] || strings.HasPrefix(name, "example.") || s.prev(a) == '@' {
		return 0
	}
	end, port := s.portOrPrefix(i)
	if !port {
		return 0
	}
	rule, what := "G02", "域名加端口"
	if anySuffix(name, innerNames) {
		rule, what = "G05", "内部域名加端口"
	}
	s.add(rule, a, end, 0.65, what).Certain = true
	return end
}
