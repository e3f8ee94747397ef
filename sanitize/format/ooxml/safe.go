package ooxml

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What an attribute may say when nobody looks at it by name: numbers, colours,
// on/off and the words of the schema's enumerations. Anything that could carry a
// message (long digits, words with capitals, signs, Chinese) does not pass.
var (
	safeNumber = regexp.MustCompile(`^[+-]?[0-9]{1,10}(\.[0-9]{1,6})?(%|pt|in|cm|mm|pc|pi|px|em|f|fd)?$`)
	safeColour = regexp.MustCompile(`^#?[0-9A-Fa-f]{3,8}$`)
	safeWord   = regexp.MustCompile(`^[a-z]{1,14}([A-Z][a-z]{0,13}|[0-9]{1,4}){0,9}$`)
	safeLang   = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z]{2,4}){0,2}$`)
)

// upperWords are enumeration values that begin with a capital letter.
var upperWords = map[string]bool{
	"T": true, "F": true, "TRUE": true, "FALSE": true, "True": true, "False": true, "A1": true,
	"lrTb": true, "tbRl": true, "btLr": true, "lrTbV": true, "tbRlV": true, "tbLrV": true,
	"PAGE": true, "NUMPAGES": true, "USD": true, "CNY": true, "D2D": true,
	"Hans": true, "Hant": true, "Jpan": true, "Hang": true, "Arab": true, "Hebr": true, "Thai": true, "Ethi": true, "Beng": true,
	"Gujr": true, "Khmr": true, "Knda": true, "Guru": true, "Cans": true, "Cher": true, "Yiii": true, "Tibt": true, "Thaa": true,
	"Deva": true, "Telu": true, "Taml": true, "Syrc": true, "Orya": true, "Mlym": true, "Laoo": true, "Sinh": true, "Mong": true,
	"Viet": true, "Uigh": true, "Geor": true, "Armn": true, "Bugi": true, "Bopo": true, "Java": true, "Lisu": true, "Mymr": true,
	"Nkoo": true, "Olck": true, "Osma": true, "Phag": true, "Syrn": true, "Syrj": true, "Syre": true, "Sora": true, "Tale": true,
	"Talu": true, "Tfng": true,
}

// SafeValue tells whether an attribute value can only be layout.
func SafeValue(s string) bool {
	if s == "" || len(s) <= 60 && (safeNumber.MatchString(s) || safeWord.MatchString(s) || safeLang.MatchString(s) || upperWords[s]) {
		return true
	}
	return safeColour.MatchString(s)
}

// knownFonts are names that say nothing about where a document was made.
var knownFonts = strings.Fields(`宋体 黑体 仿宋 楷体 隶书 幼圆 新宋体 微软雅黑 等线 仿宋_GB2312 楷体_GB2312 SimSun NSimSun SimHei FangSong KaiTi DengXian
	Arial Calibri Cambria Symbol Wingdings Webdings Tahoma Verdana Georgia Consolas Courier Times Helvetica Century Garamond Impact Aptos Marlett
	Batang Gulim Dotum Meiryo PMingLiU MingLiU Candara Constantia Corbel Mangal Latha Vrinda Raavi Shruti Tunga Gautami Kartika Sylfaen Ebrima`)

var knownFontStarts = strings.Fields(`DengXian SimSun FangSong KaiTi SimHei 宋体 黑体 仿宋 楷体 方正小标宋 方正仿宋 方正楷体 方正黑体 方正书宋 方正大标宋 方正姚体 方正舒体 方正公文 华文 汉仪 思源 微软 等线 文泉驿
	Times Arial Calibri Cambria Courier Segoe Microsoft MS Noto Source Liberation DejaVu Helvetica Lucida Trebuchet Palatino Book Century Comic Franklin Gill
	Bookman Yu Malgun Wingdings Symbol STSong STKaiti STFangsong STHeiti STZhongsong STXihei STXinwei STXingkai STLiti STHupo STCaiyun FZXiaoBiaoSong FZFangSong FZKai FZHei FZShuSong FZDaBiaoSong Estrangelo Iskoola Plantagenet DokChampa Euphemia Mongolian Nyala Leelawadee Aptos Georgia`)

// fontTail is what may follow a known start: words of styles, of families and of
// character sets. Anything else behind "宋体" could be a message.
var fontTail = regexp.MustCompile(`^(_GB2312|_GBK|_GB18030|-GB1|-Ext[A-Z]?|-[A-Z][0-9]{2}S?|[ -]?(` + strings.Join(strings.Fields(`
	简体 繁体 简 繁 体 宋 黑 楷 仿宋 宋体 黑体 楷体 书宋 标宋 小标宋 大标宋 中宋 雅宋 报宋 公文 公文宋 公文黑 公文楷 公文仿宋 细黑 粗黑 中黑 大黑 特粗 雅黑 正黑 圆 细圆 粗圆 中圆 准圆 幼圆 隶 隶书 隶变 行楷 行书 新魏 魏碑
	彩云 琥珀 姚体 舒体 启体 综艺 美黑 粗 细 中 大 小 超 特 纤 等宽 微米黑 点阵 源 新 旧 仿 柔 UI
	Bold Italic Oblique Light Medium Regular Roman New Sans Serif Mono CJK SC TC HK JP KR CN TW Black Narrow Unicode Condensed Semi Demi Semibold Semilight SemiLight Extra ExtraLight ExtraBold
	Thin Heavy Linotype Console Handwriting Schoolbook Old Style Face Gothic Antiqua Math MT PS VF MS Std Pro Display Text Typewriter Print Historic Emoji Symbol Script Variable Fixed
	YaHei JhengHei NeoGothic Himalaya Uighur Yi Baiti Tai Le Lue PhagsPa Edessa Pota Cherokee Mincho PGothic PMincho Song Kai Hei FangSong Ming Reference Specialty Outlook Fax Bright Calligraphy
	CYR CE Greek Tur Baltic Cyr Code Book Slab Nova Neue Rounded Sitka Heading Small Banner Subheading Gill Ultra Wide Pad ITC Franklin
	Han 2 3`), "|") + `))*$`)

// SafeFont gives the font name if it is a usual one, else the one to take instead.
func SafeFont(name string) string {
	n := strings.TrimSpace(name)
	if n == "" {
		return ""
	}
	for _, k := range knownFonts {
		if strings.EqualFold(k, n) {
			return name
		}
	}
	if strings.HasPrefix(n, "+mj-") || strings.HasPrefix(n, "+mn-") {
		if len(n) <= 7 {
			return name
		}
		return "+mn-lt"
	}
	if utf8.RuneCountInString(n) <= 32 {
		for _, k := range knownFontStarts {
			if tail, ok := strings.CutPrefix(n, k); ok && fontTail.MatchString(tail) {
				return name
			}
		}
	}
	for _, r := range n {
		if unicode.Is(unicode.Han, r) {
			return "宋体"
		}
	}
	return "Times New Roman"
}
