package scan

import (
	"net/netip"
	"strings"
)

// innerNames end the names of hosts inside an organisation.
var innerNames = []string{".local", ".intra", ".intranet", ".internal", ".lan", ".corp", ".home.arpa"}

// backPaths are parts of paths that lead to the back of a system.
var backPaths = []string{"admin", "manage", "manager", "console", "backend", "houtai", "phpmyadmin", "actuator", "druid", "nacos", "swagger", "jenkins", "grafana", "zabbix", "webshell"}

// url handles an address with a scheme; the colon of :// stands at i.
func (s *scanner) url(i int) int {
	a := i
	for i-a < 40 && s.schemeRune(a-1) {
		a--
	}
	if a == i {
		return i + 3
	}
	end := i + 3
	for s.urlRune(end) {
		end++
	}
	for end > i+3 && containsRune(".,;:!?)'", s.t[end-1]) {
		end--
	}
	s.skip = end
	scheme, rest := string(s.t[a:i]), string(s.t[i+3:end])
	if s.credentials(a, end, scheme, rest) {
		return end
	}
	host, path := rest, ""
	if k := strings.IndexAny(rest, "/?#"); k >= 0 {
		host, path = rest[:k], rest[k:]
	}
	s.judgeURL(a, end, scheme, host, path)
	return end
}

// schemeRune tells whether the rune at i may belong to a scheme: jdbc:mysql, mongodb+srv.
func (s *scanner) schemeRune(i int) bool {
	if i < 0 || s.full(i) {
		return false
	}
	r := s.t[i]
	return alnum(r) || r == '+' || r == ':' && letter(s.prev(i))
}

// urlRune tells whether the rune at i may belong to a URL: in full width, letters and
// digits do, and the signs between them.
func (s *scanner) urlRune(i int) bool {
	if i >= len(s.t) || s.t[i] <= ' ' || s.t[i] >= 0x7F || containsRune("\"<>{}|\\^`", s.t[i]) {
		return false
	}
	return !s.full(i) || alnum(s.t[i]) || containsRune("./:-_", s.t[i]) && alnum(s.prev(i)) && alnum(s.at(i+1)) && s.full(i-1)
}

// judgeURL tells addresses of the inside and the back of a system from public ones.
func (s *scanner) judgeURL(a, end int, scheme, host, path string) {
	name, port := host, ""
	if k := strings.LastIndexByte(host, ':'); k >= 0 && !strings.HasSuffix(host, "]") {
		name, port = host[:k], host[k+1:]
	}
	if name == "" || name == "localhost" || strings.HasPrefix(name, "example.") || strings.HasSuffix(name, ".example.com") {
		return
	}
	if addr, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		s.addressURL(a, end, addr)
		return
	}
	s.namedURL(a, end, scheme, name, port, path)
}

// addressURL handles a URL whose host is an address.
func (s *scanner) addressURL(a, end int, addr netip.Addr) {
	switch {
	case within(example, addr):
	case within(private, addr):
		s.add("G05", a, end, 0.7, "网址主机为内网地址").proved("地址可解析")
	case addr.Is4():
		s.add("G05", a, end, 0.6, "网址主机为 IP 地址").proved("地址可解析")
	default:
		s.add("G03", a, end, 0.6, "网址主机为 IPv6 地址").proved("地址可解析")
	}
}

// webSchemes are the schemes of pages and streams; others connect to a service.
var webSchemes = map[string]bool{"http": true, "https": true, "hxxp": true, "hxxps": true, "ftp": true, "rtsp": true, "ws": true, "wss": true}

// namedURL handles a URL whose host has a name.
func (s *scanner) namedURL(a, end int, scheme, name, port, path string) {
	web := webSchemes[scheme]
	login := strings.Contains(path, "login") || strings.Contains(path, "signin")
	switch {
	case anySuffix(name, innerNames) || !strings.Contains(name, ".") && web && len(name) > 2:
		s.add("G05", a, end, 0.7, "网址主机为内部域名").Certain = true
	case !web:
		s.add("G13", a, end, 0.6, "服务或数据库连接地址")
	case anyPart(path, backPaths) || anyPart(name, backPaths):
		s.add("G05", a, end, 0.65, "网址路径指向管理后台").Certain = true
	case login && anyOf(s.around(a, end, 12), []string{"后台", "管理", "运维", "内网", "vpn"}):
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
