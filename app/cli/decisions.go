package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"unicode/utf8"

	"jinggao/sanitize/redact"
)

// maxDecisions bounds a decisions file in bytes.
const maxDecisions = 64 << 20

// readDecisions reads a decisions file; a line that is no decision is a wrong call.
func readDecisions(path string) ([]redact.Decision, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, wrongCall("决定文件 %s 无法打开：%s", path, whyUnread(path, err))
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxDecisions+1))
	switch {
	case err != nil:
		return nil, wrongCall("决定文件 %s 无法读取：%s", path, whyUnread(path, err))
	case len(data) > maxDecisions:
		return nil, wrongCall("决定文件 %s 超过 %d MB，请拆分后分次处理", path, maxDecisions>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, wrongCall("决定文件 %s 不是 UTF-8 编码，请由窗口重新导出", path)
	}
	var out []redact.Decision
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		d, fault := decisionOf(line)
		if fault != "" {
			return nil, wrongCall("决定文件第 %d 行不是有效的决定：%s", n, fault)
		}
		out = append(out, d)
	}
	return out, nil
}

// decisionOf reads a line; the second result is what is wrong with it, in Chinese.
func decisionOf(line []byte) (redact.Decision, string) {
	var d redact.Decision
	switch err := json.Unmarshal(line, &d); {
	case !json.Valid(line):
		return d, "不是一个完整的 JSON 对象"
	case err != nil:
		return d, "有字段的值不对，各字段均为文字，at 为时间"
	case d.Fingerprint == "":
		return d, "缺少 fingerprint（命中的指纹）"
	case d.Action == "":
		return d, "缺少 action（处置）"
	case !d.Action.Valid():
		return d, "action 应为 mask、replace、generalise、delete、ignore 或 not-a-mark"
	}
	return d, ""
}
