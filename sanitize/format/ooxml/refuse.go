package ooxml

import "jinggao/sanitize/document"

// Refusals of this package, one function for each cause. What is shown to people
// is Chinese; the detail is technical and never holds document text.

// ErrEncrypted refuses a file that needs a password.
func ErrEncrypted() error {
	return &document.Refusal{What: "文件已加密，无法读取", Why: "文件设有打开密码", Do: "请用 WPS 或 Office 取消密码后另存再添加"}
}

// ErrProtected refuses a file under rights management.
func ErrProtected() error {
	return &document.Refusal{What: "文件受权限管理保护，无法读取", Why: "文件设有信息权限管理（IRM）或已加密封装", Do: "请由文件所有者取消权限限制后另存再添加"}
}

// ErrDamaged refuses a file that cannot be taken apart.
func ErrDamaged(detail string) error {
	return &document.Refusal{What: "文件已损坏，无法读取", Why: "文件不完整或内部结构有误", Do: "请用 WPS 或 Office 打开后另存再添加", Detail: detail}
}

// ErrBomb refuses a file that would swell beyond the limits.
func ErrBomb(detail string) error {
	return &document.Refusal{What: "文件展开后过大，已停止读取", Why: "压缩比或内容数量超出限制，可能是恶意文件", Do: "请核实来源，确需使用时拆分或另存后再添加", Detail: detail}
}

// ErrUnsafe refuses a package whose parts have names that readers understand differently.
func ErrUnsafe(detail string) error {
	return &document.Refusal{What: "文件内部部件名称不安全，已停止读取", Why: "部件重名或名称指向文件之外，不同程序会读出不同内容", Do: "请用 WPS 或 Office 打开核对后另存再添加", Detail: detail}
}

// ErrKind refuses a file that is not what it was taken for; want is a Chinese name of the format.
func ErrKind(want string) error {
	return &document.Refusal{What: "文件内容与类型不符", Why: "内容不是" + want, Do: "请核对扩展名，或用 WPS 打开后另存为正确的格式"}
}

// ErrLegacy refuses a compound file of the 97–2003 formats under a newer name.
func ErrLegacy() error {
	return &document.Refusal{What: "文件内容与扩展名不符", Why: "内容是 97-2003 版格式或其他复合文件", Do: "请用 WPS 另存为 docx、xlsx 或 pptx"}
}

// ErrTooLarge refuses a document whose parts are beyond what can be held.
func ErrTooLarge(detail string) error {
	return &document.Refusal{What: "文件内容过大，无法处理", Why: "部件或表格超出可处理的数量", Do: "请拆分后再添加", Detail: detail}
}

// ErrRebuild refuses to write a copy that could not be made safely.
func ErrRebuild(detail string) error {
	return &document.Refusal{What: "无法生成副本", Why: "处理内容与文件结构不一致", Do: "请重新扫描后再试", Detail: detail}
}
