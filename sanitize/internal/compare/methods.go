package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/go-ego/gse"

	"jinggao/assets"
	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

// load makes a method ready; it gives the number of hits in a document.
func load(name, terms string) (func(doc string) int, error) {
	data, err := os.ReadFile(terms)
	if err != nil {
		return nil, fmt.Errorf("read the list: %w", err)
	}
	list := strings.Fields(string(data))
	switch name {
	case "scan":
		return scan()
	case "gse":
		return segment(list)
	case "contains":
		return contains(list), nil
	case "regexps":
		return expressions(personal)
	case "regexps-all":
		set, err := rule.Builtin()
		if err != nil {
			return nil, fmt.Errorf("load the rules: %w", err)
		}
		all := append([]string(nil), personal...)
		for _, r := range set.Rules {
			for _, p := range r.Patterns {
				all = append(all, p.Expr)
			}
		}
		return expressions(all)
	}
	return nil, fmt.Errorf("no method %q", name)
}

// scan is detection as a whole: all rules, evidence and reasons.
func scan() (func(string) int, error) {
	set, err := rule.Builtin()
	if err != nil {
		return nil, fmt.Errorf("load the rules: %w", err)
	}
	e, err := detect.New(set, detect.Options{})
	if err != nil {
		return nil, fmt.Errorf("make the engine: %w", err)
	}
	if err := e.Wait(context.Background()); err != nil {
		return nil, fmt.Errorf("load the dictionary: %w", err)
	}
	return func(doc string) int {
		d := &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: doc}}}
		found, err := e.Scan(context.Background(), d)
		if err != nil {
			fmt.Fprintln(os.Stderr, "compare: scan:", err)
			os.Exit(1)
		}
		return len(found)
	}, nil
}

// segment cuts everything into words and looks each up, which is what simple filters do.
func segment(list []string) (func(string) int, error) {
	listed := map[string]bool{}
	for _, t := range list {
		listed[t] = true
	}
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictStr(string(assets.Packed(assets.Dictionary))); err != nil {
		return nil, fmt.Errorf("load the dictionary: %w", err)
	}
	return func(doc string) (n int) {
		for line := range strings.Lines(doc) {
			for _, s := range seg.Segment([]byte(line)) {
				if listed[s.Token().Text()] {
					n++
				}
			}
		}
		return n
	}, nil
}

func contains(list []string) func(string) int {
	return func(doc string) (n int) {
		for _, t := range list {
			if strings.Contains(doc, t) {
				n++
			}
		}
		return n
	}
}

// personal are sixteen usual patterns of personal data and credentials.
var personal = []string{
	`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`, `1[3-9]\d{9}`, `0\d{2,3}-?\d{7,8}`, `[\w.+-]+@[\w-]+\.[\w.-]+`,
	`(?:62|4\d|5[1-5])\d{14,17}`, `[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}`, `[EeGg][A-Za-z]?\d{7,8}`, `(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?`,
	`(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}`, `\d{2,3}\.\d{4,},\s?\d{2,3}\.\d{4,}`, `eyJ[\w-]+\.[\w-]+\.[\w-]+`, `(?:LTAI|AKIA|AKID)[0-9A-Za-z]{12,}`,
	`-----BEGIN [A-Z ]*PRIVATE KEY-----`, `(?:密码|口令)\s*[:：为是]\s*\S{4,32}`, `[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青蒙桂宁新藏][A-Z][·]?[A-Z0-9]{5,6}`, `[\p{Han}]{1,10}〔\d{4}〕\d{1,5}号`,
}

// expressions runs expressions over the whole document, one by one.
func expressions(list []string) (func(string) int, error) {
	var res []*regexp.Regexp
	for _, x := range list {
		re, err := rule.Compile(x)
		if err != nil {
			return nil, fmt.Errorf("compile an expression: %w", err)
		}
		res = append(res, re)
	}
	return func(doc string) (n int) {
		for _, re := range res {
			n += len(re.FindAllStringIndex(doc, -1))
		}
		return n
	}, nil
}
