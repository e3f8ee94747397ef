// Command sample makes the documents of the sample case: a Word file, a workbook, a
// PDF and a text file with visible and hidden sensitive content and with harmless
// words that look like it. Everybody and everything in them is invented; numbers
// carry valid check digits. Run by go generate in assets.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("sample"); err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	font, err := os.ReadFile(filepath.Join("packed", "NotoSansSC-Regular.ttf"))
	if os.IsNotExist(err) {
		fmt.Fprintln(os.Stderr, "sample: no typeface packed, the committed files stay")
		return nil
	}
	if err != nil {
		return fmt.Errorf("read typeface: %w", err)
	}
	pdf, err := makePDF(font)
	if err != nil {
		return fmt.Errorf("make pdf: %w", err)
	}
	docx, err := makeDOCX()
	if err != nil {
		return fmt.Errorf("make docx: %w", err)
	}
	xlsx, err := makeXLSX()
	if err != nil {
		return fmt.Errorf("make xlsx: %w", err)
	}
	for name, data := range map[string][]byte{
		"城市内涝预报_项目说明书.docx":  docx,
		"港口集卡调度_应用单位清单.xlsx": xlsx,
		"车载激光雷达_检测报告.pdf":    pdf,
		"调度平台_部署说明.txt":      []byte(deployText),
	} {
		path := filepath.Join(dir, name)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
			continue
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}
