package verify

import (
	"regexp"
	"strings"
)

// formatWords are names that every Office package may hold, without blanks and in
// small letters: usual fonts, built-in styles, field codes, fixed parts. Found in
// a hidden place of the original they prove nothing when the copy has them too.
var formatWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Split(`Times New Roman,Calibri,Calibri Light,Cambria,Cambria Math,Arial,Arial Unicode MS,Courier New,Symbol,Wingdings,Tahoma,Verdana,Georgia,Consolas,
Helvetica,Segoe UI,Candara,Constantia,Corbel,Garamond,Century,Aptos,Aptos Display,DengXian,DengXian Light,SimSun,NSimSun,SimHei,FangSong,KaiTi,Microsoft YaHei,
宋体,新宋体,黑体,仿宋,楷体,仿宋_GB2312,楷体_GB2312,微软雅黑,等线,等线 Light,隶书,幼圆,华文中宋,华文仿宋,华文楷体,方正小标宋简体,
Default Paragraph Font,Normal Table,Table Normal,No List,Placeholder Text,Table Grid,Normal,Body Text,Header,Footer,Title,Subtitle,Hyperlink,Page Number,Balloon Text,
List Paragraph,No Spacing,Footnote Text,Footnote Reference,Endnote Text,Caption,Strong,Emphasis,Comment Text,Comment Reference,Annotation Text,Plain Text,Date,
默认段落字体,普通表格,无列表,占位符文本,网格型,页眉 字符,页脚 字符,批注框文本,列表段落,无间隔,
PAGE,NUMPAGES,SECTIONPAGES,MERGEFORMAT,Microsoft,Office,Office Theme,Office 主题,Sheet1,Sheet2,Sheet3,Slide,Document,Workbook,Presentation,
Picture,Pictures,Image,Graphic,Graphics,Drawing,Frame,Paragraph,Spreadsheet,Section,Caption,Rectangle,Ellipse,Polygon,Polyline,Content,Manifest,Mimetype,OpenDocument,Standard,Heading,Header,Footer,
[Content_Types].xml,_rels/.rels,theme1.xml,styles.xml`, ",") {
		m[strings.ToLower(squeeze(w))] = true
	}
	return m
}()

var (
	partName  = regexp.MustCompile(`^(\.\./)?([a-z]+/)*(chart|sheet|slide|slideLayout|slideMaster|theme|image|header|footer|drawing|table|document|workbook|presentation)[0-9]{0,5}\.(xml|png|jpe?g|gif|emf|wmf)$`)
	panose    = regexp.MustCompile(`^[0-9A-F]{20}$`)
	styleName = regexp.MustCompile(`^(heading|toc|list|listbullet|listnumber|index|bodytext|标题|目录|列表)[0-9]{1,2}(char|字符)?$|^[a-z]+char$`)
)

// formatWord tells a line (without blanks) that belongs to the format itself.
func formatWord(line string) bool {
	low := strings.ToLower(line)
	return formatWords[low] || partName.MatchString(line) || panose.MatchString(line) || styleName.MatchString(low)
}
