// Package step names the pages of the window. It is plain Go.
package step

// Step names a page of the window.
type Step int

// Pages of the window; Settings is the dialog.
const (
	Start    Step = iota // 开始页
	Rows                 // ① 项目表格
	Attach               // ② 附件材料
	Review               // ③ 敏感信息审核
	Export               // ④ 导出成果
	Settings             // 设置
)
