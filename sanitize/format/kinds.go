package format

import "jinggao/sanitize/document"

// extensions says which kinds an extension promises; "text" is any plain text.
var extensions = map[string]string{
	".docx": "docx", ".docm": "docx", ".dotx": "docx", ".dotm": "docx",
	".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xltm": "xlsx", ".xlsb": "xlsb",
	".pptx": "pptx", ".pptm": "pptx", ".ppsx": "pptx", ".potx": "pptx",
	".doc": "doc docx rtf", ".wps": "doc docx", ".dot": "doc",
	".xls": "xls xlsx", ".et": "xls xlsx", ".ppt": "ppt pptx", ".dps": "ppt pptx",
	".pdf": "pdf", ".ofd": "ofd", ".rtf": "rtf", ".odt": "odt", ".ods": "ods", ".odp": "odp",
	".zip": "zip", ".7z": "7z", ".rar": "rar", ".tar": "tar", ".gz": "gz", ".tgz": "gz",
	".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".tif": "tiff", ".tiff": "tiff", ".bmp": "bmp", ".webp": "webp",
	".eml": "eml", ".mht": "mht", ".mhtml": "mht",
	".txt": "text", ".csv": "text", ".tsv": "text", ".md": "text", ".json": "text", ".xml": "text", ".html": "text", ".htm": "text",
}

// titles are the names of kinds for people.
var titles = map[document.Kind]string{
	"docx": " Word 文档（docx）", "xlsx": " Excel 工作簿（xlsx）", "pptx": "演示文稿（pptx）",
	"doc": " Word 97 文档（doc）", "xls": " Excel 97 工作簿（xls）", "ppt": " PowerPoint 97 演示文稿（ppt）",
	"pdf": " PDF", "ofd": " OFD 版式文件", "rtf": " RTF 文档", "odt": " ODF 文字文档", "ods": " ODF 表格", "odp": " ODF 演示文稿",
	"zip": " zip 压缩包", "7z": " 7z 压缩包", "rar": " rar 压缩包", "tar": " tar 归档", "gz": " gzip 压缩包",
	"png": " PNG 图片", "jpeg": " JPEG 图片", "gif": " GIF 图片", "tiff": " TIFF 图片", "bmp": " BMP 图片", "webp": " WebP 图片",
	"txt": "纯文本", "csv": "文本表格", "md": "纯文本", "json": " JSON 文本", "xml": " XML 文本", "html": "网页（HTML）",
	"eml": "邮件（eml）", "mht": "网页归档（mht）", "exe": "可执行程序", "sqlite": "数据库", kindOLE: " OLE 复合文件",
	kindXLSB: " Excel 二进制工作簿（xlsb）", kindUnknown: "无法识别的数据",
}

// Title names a kind for people; it may begin with a blank, to stand after Chinese text.
func Title(kind document.Kind) string {
	if t, ok := titles[kind]; ok {
		return t
	}
	return " " + string(kind)
}

// never gives the refusal of kinds that cannot be read by any version of this program.
func never(kind document.Kind) *document.Refusal {
	switch kind {
	case kindEmpty:
		return &document.Refusal{What: "文件为空（0 字节）", Do: "请确认文件是否传输完整"}
	case kindEncrypted:
		return &document.Refusal{What: "文件已加密或受权限保护，无法读取", Do: "请用 WPS 或 Office 取消密码后另存"}
	case kindWorks:
		return &document.Refusal{What: "这是 Microsoft Works 文档，不是 WPS 文字文档，无法读取", Do: "请用原软件另存为 docx"}
	case "exe":
		return &document.Refusal{What: "这是可执行程序，不是文档", Do: "请勿随申报材料报送"}
	case kindUnknown:
		return &document.Refusal{What: "格式无法识别，未读取", Why: "不支持的格式，或文件已损坏", Do: "请另存为 docx、xlsx、pdf 或 txt"}
	}
	return nil
}

// unsupported gives the refusal of kinds that are known but not read, with the way out.
func unsupported(kind document.Kind) *document.Refusal {
	r := &document.Refusal{What: "暂不支持读取" + Title(kind)}
	switch kind {
	case "doc", "rtf", "odt":
		r.Do = "请用 WPS 另存为 docx"
	case "xls", "ods", kindXLSB:
		r.Do = "请用 WPS 另存为 xlsx"
	case "ppt", "odp":
		r.Do = "请用 WPS 另存为 pptx"
	case "png", "jpeg", "gif", "tiff", "bmp", "webp":
		r.Why, r.Do = "图片中的文字未识别", "请人工查看，或将图片插入 docx 后处理"
	case "eml", "mht":
		r.Do = "请将正文和附件分别另存后检查"
	default:
		r.Do = "请另存为 docx、xlsx、pdf 或 txt"
	}
	return r
}
