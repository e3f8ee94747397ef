// Command benchfiles writes Word and text files of twenty thousand bytes of text
// each for measuring the program: benchfiles DIR N gives N of each kind.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/internal/benchtext"
	"jinggao/sanitize/rule"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: benchfiles DIR N")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "benchfiles:", err)
		os.Exit(1)
	}
}

func write(dir, count string) error {
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number of files", count)
	}
	set, err := rule.Builtin()
	if err != nil {
		return fmt.Errorf("load the rules: %w", err)
	}
	texts := benchtext.Mixed(set, n*benchtext.DocumentBytes)
	for i := range n {
		text := texts[i%len(texts)]
		docx, err := fresh.Docx(&document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: text}}})
		if err != nil {
			return fmt.Errorf("make a Word file: %w", err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%04d", i))
		if err := os.WriteFile(name+".docx", docx, 0o600); err != nil {
			return fmt.Errorf("write a Word file: %w", err)
		}
		if err := os.WriteFile(name+".txt", []byte(text), 0o600); err != nil {
			return fmt.Errorf("write a text file: %w", err)
		}
	}
	return nil
}
