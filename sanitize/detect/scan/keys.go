package scan

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// prefix is the beginning that a provider gives to its keys.
type prefix struct {
	text     string // as written, case counts
	min, max int    // characters after the prefix
	upper    bool   // only capitals and digits follow
	more     string // signs that may follow besides letters and digits
	rule     string
	what     string
}

var keyPrefixes = []prefix{
	{"LTAI", 12, 26, false, "", "H03", "阿里云 AccessKey"},
	{"AKID", 13, 40, false, "", "H03", "腾讯云 SecretId"},
	{"AKIA", 16, 16, true, "", "H03", "AWS AccessKey"},
	{"ASIA", 16, 16, true, "", "H03", "AWS 临时 AccessKey"},
	{"AKLT", 20, 60, false, "-_=", "H03", "火山引擎 AccessKey"},
	{"JDC_", 20, 40, false, "", "H03", "京东云 AccessKey"},
	{"AIza", 35, 35, false, "-_", "H03", "谷歌云 API 密钥"},
	{"ghp_", 30, 40, false, "", "H04", "代码托管令牌"},
	{"gho_", 30, 40, false, "", "H04", "代码托管令牌"},
	{"ghs_", 30, 40, false, "", "H04", "代码托管令牌"},
	{"github_pat_", 22, 90, false, "_", "H04", "代码托管令牌"},
	{"glpat-", 18, 50, false, "-_", "H04", "代码托管令牌"},
	{"sk-", 20, 120, false, "-_", "H04", "接口密钥"},
	{"xoxb-", 20, 90, false, "-", "H04", "协作平台令牌"},
	{"xoxp-", 20, 90, false, "-", "H04", "协作平台令牌"},
	{"SG.", 40, 90, false, "-_.", "H04", "邮件平台密钥"},
}

// key handles tokens that begin like a key; it returns where the key ends, or 0.
func (s *scanner) key(i, j int) int {
	switch s.t[i] {
	case 'l', 'a', 'j', 'g', 's', 'x', 'w', 'e':
	default:
		return 0
	}
	if s.follows(i, "eyj") {
		return s.jwt(i)
	}
	if s.follows(i, "wx") && j-i == 18 {
		return s.wechatApp(i, j)
	}
	for k := range keyPrefixes {
		if end := s.prefixed(&keyPrefixes[k], i); end > 0 {
			return end
		}
	}
	return 0
}

// prefixed handles a key with the prefix of a provider at i.
func (s *scanner) prefixed(p *prefix, i int) int {
	n := len(p.text)
	if i+n > len(s.t) || s.t[i] != rune(p.text[0]|0x20) {
		return 0
	}
	for k := range n {
		if s.raw(i+k) != rune(p.text[k]) {
			return 0
		}
	}
	end := i + n
	for end < len(s.t) && (alnum(s.t[end]) || containsRune(p.more, s.t[end])) {
		end++
	}
	body := s.rawString(i+n, end)
	if len(body) < p.min || len(body) > p.max || p.upper && body != strings.ToUpper(body) {
		return 0
	}
	if sample(body) || entropy(body) < 2.8 || !strings.ContainsFunc(body, digit) {
		return 0
	}
	s.add(p.rule, i, end, 0.7, "前缀与长度合于"+p.what).why(0.25, "随机性足够").Certain = true
	s.skip = max(s.skip, end)
	return end
}

// sample tells whether a key is one of those printed in manuals.
func sample(v string) bool {
	v = strings.ToLower(v)
	return strings.Contains(v, "example") || strings.Contains(v, "xxxx") || strings.Contains(v, "1234567890") || strings.Contains(v, "abcdefg")
}

// jwt handles three parts of Base64 with a header that decodes to JSON.
func (s *scanner) jwt(i int) int {
	dot := i
	for dot < len(s.t) && dot-i < 1024 && (alnum(s.t[dot]) || containsRune("-_=", s.t[dot])) {
		dot++
	}
	if s.at(dot) != '.' {
		return 0
	}
	alg := algorithm(s.rawString(i, dot))
	if alg == "" {
		return 0
	}
	end := dot
	for end < len(s.t) && end-i < 8192 && (alnum(s.t[end]) || containsRune("-_.=", s.t[end])) {
		end++
	}
	for s.t[end-1] == '.' {
		end--
	}
	if end <= dot || end-i < 24 {
		return 0
	}
	s.add("H06", i, end, 0.7, "三段 Base64").proved("头段解出 JSON，算法 " + short(alg))
	s.skip = max(s.skip, end)
	return end
}

// algorithm decodes the header of a JWT; "" if it is none.
func algorithm(head string) string {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(head, "="))
	if err != nil {
		return ""
	}
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return ""
	}
	alg, _ := fields["alg"].(string)
	return alg
}

// short keeps a foreign word short and plain for the reasons.
func short(w string) string {
	out := strings.Map(func(r rune) rune {
		if alnum(r) || r == '-' {
			return r
		}
		return -1
	}, w)
	return out[:min(len(out), 12)]
}

// wechatApp handles wx and 16 hexadecimal digits with a secret of 32 close by.
func (s *scanner) wechatApp(i, j int) int {
	for _, r := range s.t[i+2 : j] {
		if !hexDigit(r) {
			return 0
		}
	}
	for k := j; k < len(s.t) && k < j+60 && s.t[k] != '。'; k++ {
		e := k
		for hexDigit(s.at(e)) {
			e++
		}
		if e-k == 32 && !alnum(s.prev(k)) && !alnum(s.at(e)) {
			s.add("H10", i, e, 0.6, "wx 开头的小程序标识").why(0.35, "邻近 32 位十六进制密钥").Certain = true
			s.skip = max(s.skip, e)
			return e
		}
		if e > k {
			k = e
		}
	}
	return 0
}

// keyBehind handles token=…, api_key: "…", 密钥：….
func (s *scanner) keyBehind(l Label) {
	if l.Start < s.skip {
		return
	}
	i, firm := s.colon(l.End)
	for s.at(i) == '"' || s.at(i) == '\'' || s.at(i) == '“' || s.at(i) == '`' {
		i++
	}
	if s.follows(i, "bearer ") {
		i += 7
	}
	rule := "H04"
	if l.Field == FieldAppSecret {
		rule = "H10"
	}
	s.keyValue(rule, i, firm, "标签“"+string(s.t[l.Start:l.End])+"”")
}

// keyValue judges a key at i.
func (s *scanner) keyValue(rule string, i, firm int, why string) bool {
	end := i
	for end < len(s.t) && end-i < 600 && (alnum(s.t[end]) || containsRune("/+_=.-", s.t[end]) && !s.full(end)) {
		end++
	}
	for end > i && containsRune(".-/", s.t[end-1]) {
		end--
	}
	if q := s.quoted(i, end); q > end {
		end = q
	}
	v := s.rawString(i, end)
	if firm == 0 || !keyLike(v, firm) {
		return false
	}
	if strings.HasPrefix(v, "eyJ") && s.jwt(i) > 0 {
		return true
	}
	for _, p := range keyPrefixes {
		if strings.HasPrefix(v, p.text) {
			rule = p.rule
		}
	}
	s.add(rule, i, end, 0.6, "16 位以上，随机性足够").why(0.3, why)
	s.skip = max(s.skip, end)
	return true
}

// quoted is where a value ends that begins at i behind a quotation mark and goes on after end with
// signs that keys seldom hold; 0 where it is not quoted, or not in one piece.
func (s *scanner) quoted(i, end int) int {
	mark := s.prev(i)
	if mark != '"' && mark != '\'' {
		return 0
	}
	for k := end; k < len(s.t) && k-i < 200; k++ {
		switch r := s.t[k]; {
		case r == mark:
			return k
		case r <= ' ' || r >= 0x7F:
			return 0
		}
	}
	return 0
}

// keyLike tells whether a value is long and random enough for a key.
func keyLike(v string, firm int) bool {
	if len(v) < 16 || placeholder(v) || sample(v) || classes(v) < 2 || !strings.ContainsFunc(v, digit) || strings.Count(v, ".") > 3 {
		return false
	}
	e := entropy(v)
	return e >= 3.5 || firm == 2 && e >= 3
}

// pem handles -----BEGIN … PRIVATE KEY----- at i, to its end line if that is there.
func (s *scanner) pem(i int) int {
	const begin = "-----begin "
	if !s.follows(i, begin) {
		return 0
	}
	k := i + len(begin)
	e := k
	for e < len(s.t) && e-k < 40 && s.t[e] != '-' && s.t[e] != '\n' {
		e++
	}
	if !strings.HasSuffix(string(s.t[k:e]), "private key") || !s.follows(e, "-----") {
		return 0
	}
	end := e + 5
	const last = "-----end "
	for p := end; p < len(s.t) && p-end < 16384 && !s.follows(p, begin); p++ {
		if s.t[p] == '-' && s.follows(p, last) {
			end = p + len(last)
			for end < len(s.t) && end-p < 60 && s.t[end] != '\n' {
				end++
			}
			break
		}
	}
	s.add("H05", i, end, 0.7, "私钥文件头").proved("首行结构完整")
	s.skip = max(s.skip, end)
	return end
}

// services are schemes of databases and messages.
var services = []string{"mysql", "postgres", "postgresql", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps", "mariadb", "clickhouse", "ldap", "ldaps", "kafka", "mqtt", "ftp", "ftps", "sftp", "ssh", "smb", "dm", "kingbase", "oracle", "sqlserver", "http", "https", "rtsp", "git"}

// credentials handles an address with a password in it: mysql://user:pass@host/db, jdbc:…?password=….
func (s *scanner) credentials(a, end int, scheme, rest string) bool {
	base := scheme[strings.LastIndexByte(scheme, ':')+1:]
	if userPassword(rest) && (strings.HasPrefix(scheme, "jdbc:") || slices.Contains(services, base)) {
		s.add("H07", a, end, 0.7, base+" 连接地址").proved("含用户名与口令")
		return true
	}
	rule := parameterRule(strings.ToLower(rest), rest, base == "http" || base == "https")
	if rule == "" {
		return false
	}
	s.add(rule, a, end, 0.7, "连接地址").proved("参数中含口令或密钥")
	return true
}

// userPassword tells whether what follows a scheme begins with user:password@.
func userPassword(rest string) bool {
	at := strings.LastIndexByte(rest, '@')
	if at < 1 {
		return false
	}
	user, pass, ok := strings.Cut(rest[:at], ":")
	return ok && pass != "" && !strings.ContainsAny(user, "/?") && !strings.Contains(pass, "/") && !placeholder(pass)
}

// parameterRule is the rule for a password or key among the parameters of an
// address, "" if there is none; low is rest in lower case.
func parameterRule(low, rest string, web bool) string {
	for _, w := range []string{"password=", "pwd=", "passwd=", "secret=", "token=", "access_token=", "key="} {
		k := strings.Index(low, w)
		if k < 0 || k > 0 && alnum(rune(low[k-1])) {
			continue
		}
		v := rest[k+len(w):]
		if c := strings.IndexAny(v, "&;"); c >= 0 {
			v = v[:c]
		}
		if len(v) < 4 || placeholder(v) || w == "key=" && len(v) < 16 {
			continue
		}
		switch {
		case !web:
			return "H07"
		case strings.Contains(low, "webhook") || w == "key=" || w == "access_token=":
			return "H10"
		}
		return "H04"
	}
	return ""
}
