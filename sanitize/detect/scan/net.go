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
	if s.follows(i, " dot ") {
		return i + 5
	}
	k := i
	if s.at(k) == ' ' {
		k++
	}
	switch s.at(k) {
	case '.', '。', '点', '·':
		k++
	case '[', '(':
		n := s.spelledDot(k + 1)
		if n == 0 {
			return 0
		}
		k += n + 2
	default:
		return 0
	}
	if s.at(k) == ' ' {
		k++
	}
	return k
}

// spelledDot is the length of a dot in brackets: [.] (dot) [点].
func (s *scanner) spelledDot(i int) int {
	for _, w := range [3]string{".", "dot", "点"} {
		n := len([]rune(w))
		if s.follows(i, w) && (s.at(i+n) == ']' || s.at(i+n) == ')') {
			return n
		}
	}
	return 0
}

// octet reads a number of one to three digits up to 255 at i; 0 if there is none.
func (s *scanner) octet(i int) (value, end int) {
	end = i
	for digit(s.at(end)) && end-i < 4 {
		value = value*10 + int(s.t[end]-'0')
		end++
	}
	if end == i {
		return s.spelledOctet(i)
	}
	if end-i > 3 || value > 255 || end-i > 1 && s.t[i] == '0' {
		return 0, 0
	}
	return value, end
}

// address4 handles an IPv4 address that begins with the digits [i,j), with the
// prefix length or port behind it.
func (s *scanner) address4(i, j int) int {
	if j-i > 3 || s.at(j) == 0 || !containsRune(".[( 。点·", s.at(j)) {
		return 0
	}
	var b [4]byte
	k, plain := i, true
	for n := range 4 {
		if n > 0 {
			d := s.dot(k)
			if d == 0 {
				return 0
			}
			plain = plain && d == k+1 && s.t[k] == '.'
			k = d
		}
		v, end := s.octet(k)
		if end == 0 {
			return 0
		}
		b[n] = byte(v)
		k = end
	}
	if s.partOfLonger(i, k) {
		return k
	}
	end, ported := s.portOrPrefix(k)
	s.judge4(netip.AddrFrom4(b), i, end, ported, plain)
	return end
}

// partOfLonger tells whether four numbers [i,k) are cut out of more of the same, or out of a name.
func (s *scanner) partOfLonger(i, k int) bool {
	if alnum(s.at(k)) || s.at(k) == '.' && digit(s.at(k+1)) {
		return true
	}
	before := s.prev(i - 1)
	switch p := s.prev(i); {
	case p == '.':
		return digit(before)
	case p == '_':
		return true
	case p == '-':
		return alnum(before) && before != 'p' && !s.rangeEnd(i) && (!letter(before) || !han(s.prev(i-2))) // 节点A-10.3.0.7
	case letter(p):
		return !s.labelEnds(i)
	}
	return false
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

var (
	versionWords = []string{"版本", "固件", "软件", "升级", "version", "ver", "内核", "补丁", "驱动", "release", "section", "chapter", "clause", "article", "章节", "条款"}
	hostWords    = []string{"ip", "地址", "服务器", "主机", "网关", "公网", "端口", "网段", "访问", "登录", "部署", "接口", "节点", "dns", "路由", "防火墙", "映射", "server", "host", "gateway", "address", "后台", "入口", "堡垒机", "交换机"}
)

// section tells whether what stands behind makes the numbers a section of a text.
func section(r rune) bool {
	switch r {
	case '节', '章', '条', '款', '版', '项':
		return true
	}
	return false
}

func (s *scanner) judge4(a netip.Addr, i, end int, ported, plain bool) {
	before := s.clauseBefore(i)
	host := s.announces(i, end).is(FieldHost) || anyOf(before, hostWords)
	if within(example, a) || s.sectionNumber(i, end, before, plain) || anyOf(before, versionWords) && !host {
		return
	}
	switch {
	case within(private, a):
		s.taken(s.add("G01", i, end, 0.7, "IPv4 地址 "+a.String()+" 在内网网段"), plain, host)
	case ported:
		s.taken(s.add("G02", i, end, 0.75, "公网 IPv4 地址加端口"), plain, host)
	case host:
		s.taken(s.add("G02", i, end, 0.5, "公网 IPv4 地址"), plain, host)
	default:
		s.add("G02", i, end, 0.4, "四段数字，也可能是版本号或编号").hint("无地址语境，仅提示")
	}
}

// clauseBefore is the text of the clause in front of i, twelve runes at most.
func (s *scanner) clauseBefore(i int) string {
	before := string(s.t[max(0, i-12):i])
	if k := strings.LastIndexAny(before, "。\n;,"); k >= 0 {
		before = before[k:]
	}
	return before
}

// sectionNumber tells whether four numbers are a version or a section of a text.
func (s *scanner) sectionNumber(i, end int, before string, plain bool) bool {
	p := s.prev(i)
	return p == 'v' && plain || p == '§' || section(s.at(s.blanks(end))) || strings.HasSuffix(strings.TrimRight(before, " "), "gb/t") || strings.HasSuffix(before, "第")
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

// maxHexGroups is the length of the longest fingerprint that is told from an address.
const maxHexGroups = 192

// hexGroups handles MAC and IPv6 addresses that begin with the hexadecimal token
// [i,j).
func (s *scanner) hexGroups(i, j int) int {
	sep := s.t[j]
	if s.inGroups(i) || sep == ':' && s.full(j) && !hexDigit(s.at(j+1)) {
		return 0
	}
	k := i
	for k-i <= maxHexGroups && s.hexPart(k, sep, k > i) {
		k++
	}
	if letter(s.at(k)) || k-i > maxHexGroups {
		return 0
	}
	text := string(s.t[i:k])
	if pairs(text, byte(sep)) || len(text) == 14 && sep == '.' {
		if len(text) > 17 {
			return k // a fingerprint
		}
		if end := s.mac(text, i, k); end > 0 {
			return end
		}
	}
	if sep != ':' {
		return 0
	}
	return s.address6(text, i, k)
}

// inGroups tells whether the token at i stands within groups that began before it.
func (s *scanner) inGroups(i int) bool {
	p := s.prev(i)
	if p != ':' && p != '-' || !hexDigit(s.prev(i-1)) {
		return false
	}
	k := i - 1
	for k > 0 && i-k <= 5 && hexDigit(s.t[k-1]) {
		k--
	}
	return !letter(s.prev(k)) // mac:5c:… begins behind the label
}

// pairs tells whether a text is six or more pairs of digits parted by sep.
func pairs(text string, sep byte) bool {
	return len(text) >= 17 && text[2] == sep && strings.Count(text, string(sep))*3+2 == len(text)
}

// hexPart tells whether the rune at k belongs to groups of hexadecimal digits.
func (s *scanner) hexPart(k int, sep rune, inside bool) bool {
	r := s.at(k)
	if hexDigit(r) {
		return true
	}
	next := s.at(k + 1)
	return r == sep && (hexDigit(next) || next == sep || inside && s.t[k-1] == sep)
}

// address6 handles an IPv6 address [i,k) with the prefix length behind it.
func (s *scanner) address6(text string, i, k int) int {
	a, err := netip.ParseAddr(text)
	if err != nil || a.Is4() || strings.Count(text, ":") < 2 {
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

// mac handles six groups of two or three of four hexadecimal digits.
func (s *scanner) mac(text string, i, k int) int {
	hex := strings.NewReplacer(":", "", "-", "", ".", "").Replace(text)
	v, err := strconv.ParseUint(hex, 16, 64)
	if err != nil || len(hex) != 12 || v == 0 || v == 1<<48-1 {
		return 0
	}
	doubtful := strings.Contains(text, ".") || !strings.ContainsFunc(hex, letter) // could be a ratio, a serial
	if doubtful && !s.nearWord(i, k, "mac", "物理地址", "网卡") {
		return 0
	}
	s.add("G04", i, k, 0.6, "6 组十六进制数，合于 MAC 地址").proved("非全 0、全 F，前后无同类字节")
	return k
}
