package theme

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// chineseWords replaces the built-in words of the window library. Some of its own
// Chinese reads badly (好, 不), and on an English system it would speak English.
const chineseWords = `{
"Advanced": "高级", "Cancel": "取消", "Confirm": "确认", "Copy": "复制", "Create Folder": "新建文件夹",
"Cut": "剪切", "Enter filename": "输入文件名", "Error": "出错", "Favourites": "常用位置", "File": "文件",
"Folder": "文件夹", "Home": "主文件夹", "Computer": "计算机", "New Folder": "新建文件夹", "No": "取消", "OK": "确定", "Open": "打开", "Paste": "粘贴",
"Quit": "退出", "Redo": "重做", "Save": "保存", "Select all": "全选", "Show Hidden Files": "显示隐藏文件",
"Undo": "撤销", "Yes": "确定", "file.name": {"other": "名称"}, "file.parent": {"other": "上级文件夹"},
"sunday": "星期日", "sunday.short": "日", "monday": "星期一", "monday.short": "一",
"tuesday": "星期二", "tuesday.short": "二", "wednesday": "星期三", "wednesday.short": "三",
"thursday": "星期四", "thursday.short": "四", "friday": "星期五", "friday.short": "五",
"saturday": "星期六", "saturday.short": "六"
}`

// ForceChinese makes the window library speak Chinese whatever the language of the
// system: the words are registered under Chinese, English (its fallback) and the
// locale of the system. Call it once, after the application was made.
func ForceChinese() error {
	var errs []error
	for _, l := range []fyne.Locale{"en", "zh-Hans", "zh-CN-Hans", lang.SystemLocale()} {
		if err := lang.AddTranslationsForLocale([]byte(chineseWords), l); err != nil {
			errs = append(errs, fmt.Errorf("add translations for %s: %w", l, err))
		}
	}
	return errors.Join(errs...)
}
