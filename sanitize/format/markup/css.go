package markup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Limits on the style sheets of one page. What goes beyond them does not count, and
// the text it would hide is taken for visible.
const (
	maxRules   = 500
	maxMatches = 20_000_000
)

// sheets are those rules of a page's own style sheets that may hide text.
type sheets struct {
	rules  []cssRule
	budget int
}

// cssRule is one selector with the declarations that hang on it.
type cssRule struct {
	selector cascadia.Sel
	declares string
}

var (
	blockOpen = regexp.MustCompile(`[{}]`)
	telling   = regexp.MustCompile(`(?i)display|visibility|mso-hide|font|opacity|color|background`)
	onScreen  = regexp.MustCompile(`(?i)^@media\s*(all|screen|only\s+screen|\()`)
)

// readSheets collects the rules of all style elements below a node.
func readSheets(root *html.Node) *sheets {
	s := &sheets{budget: maxMatches}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "style" {
			s.parse(cssComment.ReplaceAllString(strings.NewReplacer("<!--", "", "-->", "").Replace(content(n)), ""))
		}
	}
	return s
}

// parse reads rules up to the end of the text; those of a medium that is no screen are
// left out.
func (s *sheets) parse(text string) {
	for len(s.rules) < maxRules {
		at := blockOpen.FindStringIndex(text)
		if at == nil {
			return
		}
		head := strings.TrimSpace(text[:at[0]])
		if i := strings.LastIndexByte(head, ';'); i >= 0 { // @import "a.css"; p
			head = strings.TrimSpace(head[i+1:])
		}
		open := text[at[0]] == '{'
		text = text[at[1]:]
		switch {
		case !open:
		case onScreen.MatchString(head): // its rules follow as if they stood alone
		case strings.HasPrefix(head, "@"):
			text = afterBlock(text)
		default:
			end := strings.IndexByte(text, '}')
			if end < 0 {
				end = len(text)
			}
			s.take(head, text[:end])
			text = text[min(len(text), end+1):]
		}
	}
}

// afterBlock is what follows the end of a block that has been opened.
func afterBlock(text string) string {
	for depth := 1; ; {
		at := blockOpen.FindStringIndex(text)
		if at == nil {
			return ""
		}
		if text[at[0]] == '{' {
			depth++
		} else {
			depth--
		}
		if text = text[at[1]:]; depth == 0 {
			return text
		}
	}
}

func (s *sheets) take(selectors, declares string) {
	if !telling.MatchString(declares) {
		return
	}
	group, err := cascadia.ParseGroup(selectors)
	if err != nil {
		return // a pseudo-class of the moment, such as :hover
	}
	for _, sel := range group {
		s.rules = append(s.rules, cssRule{sel, declares})
	}
}

// style is what the sheets and the element's own attribute declare for it, the
// strongest last.
func (s *sheets) style(n *html.Node, own string) properties {
	out := properties{}
	if s != nil && s.budget > 0 {
		s.budget -= len(s.rules)
		var mine []cssRule
		for _, r := range s.rules {
			if r.selector.Match(n) {
				mine = append(mine, r)
			}
		}
		slices.SortStableFunc(mine, func(a, b cssRule) int {
			x, y := a.selector.Specificity(), b.selector.Specificity()
			return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(x[2], y[2]))
		})
		for _, r := range mine {
			out.declare(r.declares)
		}
	}
	out.declare(own)
	return out
}

// properties are values by the names of CSS properties, in small letters.
type properties map[string]string

const important = "!important"

func (p properties) declare(text string) {
	for d := range strings.SplitSeq(text, ";") {
		name, value, ok := strings.Cut(d, ":")
		if !ok {
			continue
		}
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.ToLower(strings.TrimSpace(value))
		if strings.HasSuffix(p[name], important) && !strings.HasSuffix(strings.ReplaceAll(value, " ", ""), important) {
			continue
		}
		if strings.HasSuffix(strings.ReplaceAll(value, " ", ""), important) {
			value = strings.ReplaceAll(value, " ", "")
		}
		p[name] = value
	}
}

func (p properties) get(name string) string {
	return strings.TrimSpace(strings.TrimSuffix(p[name], important))
}

var (
	tinyFont  = regexp.MustCompile(`^[01](\.\d+)?(px|pt)?$`)
	noOpacity = regexp.MustCompile(`^0*(\.0+)?%?$`)
	whiteText = regexp.MustCompile(`^(#fff(fff)?|white|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))$`)
)

// unseen tells whether the properties alone hide the text.
func (p properties) unseen() bool {
	opacity := p.get("opacity")
	return p.get("display") == "none" || p.get("visibility") == "hidden" || p.get("visibility") == "collapse" || p.get("mso-hide") == "all" ||
		tinyFont.MatchString(p.get("font-size")) || opacity != "" && noOpacity.MatchString(opacity)
}

// filled tells whether the element has a ground of its own.
func (p properties) filled() bool {
	return p["background"] != "" || p["background-color"] != "" || p["background-image"] != ""
}

func (p properties) white() bool { return whiteText.MatchString(p.get("color")) }
