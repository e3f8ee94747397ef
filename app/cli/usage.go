package cli

import (
	"errors"
	"regexp"

	"github.com/alecthomas/kong"
)

var usages = map[string]string{
	"": `净稿：申报材料公开前的检查与脱敏（离线）

用法：jinggao 动词 [选项] [文件或文件夹…]

  scan      检查文件和文件夹，列出敏感内容
  text      输出文件的全部文字
  clean     生成脱敏副本
  verify    复核副本
  table     汇总填报表，生成申报情况统计表
  rules     查看规则，检查规则文件和词库
  sample    不开窗口，把示例案卷走一遍
  version   版本信息

各动词的用法：jinggao help 动词。不带参数则打开窗口。
`,
	"scan": `用法：jinggao scan [--json] [--level s3] [--words 文件]… [--allow 文件]… 路径…

检查文件和文件夹（含子文件夹、压缩包）。
  --json        每行一个 JSON 对象
  --level 级别  只列出该级别及以上（s1 至 s4）；缺省时 JSON 列出全部，表格列出 s3 及以上
  --words 文件  本单位词库（.xlsx、.csv、.txt），可多次；有问题的行逐条说明，其余照用
  --allow 文件  白名单（同上），可多次。窗口里保存的词库与规则不自动带入
退出码：0 无 S1–S3 · 1 有 S1–S3 · 2 用法错误 · 3 有文件未能读取
`,
	"text": `用法：jinggao text 文件

输出文件各部分的文字（UTF-8），每部分以“== 名称”开头。
退出码：0 已读取 · 2 用法错误 · 3 未能读取
`,
	"clean": `用法：jinggao clean --out 文件夹 [--decisions 文件] [--words 文件]… [--allow 文件]…
                     [--allow-s1] [--allow-unchecked] [--pseudonyms]
                     [--dpi 150|200|300] [--pdf-layer] [--pdf-text] [--pdf-word] 路径…

为每个文件生成经核验的脱敏副本，原件不动，已有文件不覆盖。
  --out 文件夹        副本存放处，没有则新建
  --decisions 文件    决定文件（JSON Lines，由窗口导出）
  --allow-s1          已有人书面决定：按规则处理 S1（整件移出的除外）
  --allow-unchecked   无法读取的内容已由人工查看
  --pseudonyms        同名同化名：同一人、同一单位在各文件中用同一称谓（张某、张某二）
  --dpi 数            PDF 副本的分辨率，缺省 200
  --pdf-layer         PDF 副本加文字层，可搜索、复制，只含处理后的文字
  --pdf-text          PDF 副本另附纯文本（.txt），只含处理后的文字
  --pdf-word          PDF 副本另附 Word（.docx），只含处理后的文字
退出码：0 全部完成并通过核验 · 2 用法错误 · 3 有文件未处理 · 4 有副本未通过核验
`,
	"verify": `用法：jinggao verify [--manifest 清单-内部.json] [--table] [--words 文件]… [--allow 文件]… 路径…

复核副本：无隐藏内容，除清单所列例外没有 S1–S3。
  --manifest 文件  记有例外的内部清单
  --table          文件是申报情况统计表，联系人、联系方式两栏可有姓名和电话
退出码：0 通过 · 1 未通过 · 2 用法错误
`,
	"table": `用法：jinggao table --out 文件.xlsx|文件.docx [--department 部门] [--contact 联系人] [--phone 联系方式] 文件…

读取填报表，合并、检查，写出申报情况统计表；没有数据时为零报告。
退出码：0 已写出 · 1 已写出但有错误 · 2 用法错误 · 3 有文件未能读取
`,
	"rules": `用法：jinggao rules [list | show 编号 | check 文件]

列出规则，查看一条规则，或检查规则文件（.toml，连同其中的例句）、词库和白名单
（.xlsx、.csv、.txt），问题逐条写明文件和行号。
退出码：0 正常 · 1 文件有问题 · 2 用法错误
`,
	"sample": `用法：jinggao sample --out 文件夹

在文件夹下建立示例案卷，检查表格，写出统计表和脱敏副本，最后说明结果在哪里。
退出码：0 完成 · 2 用法错误 · 3 有文件未处理 · 4 有副本未通过核验
`,
	"version": `用法：jinggao version

显示程序版本、规则版本和第三方组件。
`,
}

func usage(verb string) string {
	if u, ok := usages[verb]; ok {
		return u
	}
	return usages[""]
}

// sayings turn the parser's messages into Chinese.
var sayings = []struct {
	expr *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`^unknown flag (\S+?)(?:,.*)?$`), "没有选项 $1"},
	{regexp.MustCompile(`^missing flags: (--[^=\s,]+).*$`), "缺少选项 $1"},
	{regexp.MustCompile(`^expected "?<?([^">]+)>?.*"?$`), "缺少参数 $1"},
	{regexp.MustCompile(`^unexpected argument (\S+).*$`), "不认识的参数 $1"},
	{regexp.MustCompile(`^expected one of .*$`), "缺少动词"},
	{regexp.MustCompile(`^(--\S+): expected .* value.*$`), "选项 $1 缺少值"},
	{regexp.MustCompile(`^(--\S+) must be one of .* but got (.*)$`), "选项 $1 不接受 $2"},
	{regexp.MustCompile(`^(--\S+): expected a valid .* but got (.*)$`), "选项 $1 应为数字，不是 $2"},
	{regexp.MustCompile(`^(--\S+): bool value must be .* but got (.*)$`), "选项 $1 不带值，不是 $2"},
}

func translate(err error) string {
	var pe *kong.ParseError
	msg := err.Error()
	if errors.As(err, &pe) {
		msg = pe.Error()
	}
	for _, s := range sayings {
		if s.expr.MatchString(msg) {
			return s.expr.ReplaceAllString(msg, s.text)
		}
	}
	return "参数无法识别，请对照下面的用法"
}
