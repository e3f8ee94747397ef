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
	Bookman Yu Malgun Wingdings Symbol STSong STKaiti STFangsong STHeiti STZhongsong Estrangelo Iskoola Plantagenet DokChampa Euphemia Mongolian Nyala Leelawadee Aptos Georgia`)

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
	if utf8.RuneCountInString(n) <= 24 && plainName(n) {
		for _, k := range knownFontStarts {
			if strings.HasPrefix(n, k) {
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

func plainName(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			if digits++; digits > 4 {
				return false
			}
		case r == '_' || r == '.' || r == '@' || r == '/' || r == '\\' || r == ':':
			return r == '_' && strings.HasSuffix(s, "_GB2312") || strings.HasSuffix(s, "_GBK")
		}
	}
	return true
}
