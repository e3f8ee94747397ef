package ooxml

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

var coreNames = map[string]string{
	"dc:title": "标题", "dc:subject": "主题", "dc:creator": "作者", "cp:keywords": "关键词", "dc:description": "备注",
	"cp:lastModifiedBy": "最后保存者", "cp:category": "类别", "cp:contentStatus": "内容状态", "dc:identifier": "标识", "dc:language": "语言",
	"cp:version": "版本", "cp:contentType": "内容类型",
}

var appNames = map[string]string{"ep:Template": "模板", "ep:Manager": "经理", "ep:Company": "单位", "ep:HyperlinkBase": "超链接基础", "ep:Application": "程序"}

// markName tells property names that stand for a classification.
var markName = regexp.MustCompile(`(?i)密级|保密|涉密|定密|classif|seclevel|security|sensitiv|secrecy|confiden`)

// Properties reads the document properties: core, application, custom. A
// property that names a classification is a part of its own, so that a rule can
// see it by its label 文档属性 密级.
func (p *Package) Properties() ([]document.Part, []document.Unchecked, error) {
	hid := &document.Hiding{Rule: "N01", Kind: "文档属性"}
	var parts []document.Part
	var lines, custom []string
	marks := 0
	take := func(to *[]string, name, key, value string) {
		if value = strings.TrimSpace(value); value == "" {
			return
		}
		if markName.MatchString(key) {
			marks++
			id := "property/mark/" + string(rune('0'+min(marks, 9)))
			parts = append(parts, document.Part{ID: id, Label: "文档属性 密级", Role: document.RoleProperty, Hidden: hid, Text: value})
			name = key
		}
		*to = append(*to, name+"："+value)
	}
	rs, err := p.Rels("")
	if err != nil {
		return nil, nil, err
	}
	var unchecked []document.Unchecked
	for _, r := range rs {
		if r.External || !p.Has(r.Target) {
			continue
		}
		switch r.Type {
		case "core-properties":
			err = p.coreProps(r.Target, func(name, key, value string) { take(&lines, name, key, value) })
		case "extended-properties":
			err = p.appProps(r.Target, func(name, key, value string) { take(&lines, name, key, value) })
		case "custom-properties":
			err = p.customProps(r.Target, func(name, key, value string) { take(&custom, name, key, value) })
		case "thumbnail":
			unchecked = append(unchecked, document.Unchecked{Kind: "picture", Message: "缩略图 1 张未识别文字"})
			if b, err := p.Bytes(r.Target); err == nil {
				text := "缩略图 1 张"
				if s := PictureMeta(b); s != "" {
					text += "\n" + s
				}
				parts = append(parts, document.Part{ID: "thumbnail", Label: "缩略图", Role: document.RoleProperty, Hidden: &document.Hiding{Rule: "N04", Kind: "缩略图"}, Text: text})
			}
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if p.Notes != "" {
		parts = append(parts, document.Part{ID: "zip/comment", Label: "压缩包注释", Role: document.RoleProperty, Hidden: &document.Hiding{Rule: "N01", Kind: "压缩包注释"}, Text: p.Notes})
	}
	if len(custom) > 0 {
		parts = append([]document.Part{{ID: "property/custom", Label: "自定义属性", Role: document.RoleProperty, Hidden: hid, Text: strings.Join(custom, "\n")}}, parts...)
	}
	if len(lines) > 0 {
		parts = append([]document.Part{{ID: "property/core", Label: "文档属性", Role: document.RoleProperty, Hidden: hid, Text: strings.Join(lines, "\n")}}, parts...)
	}
	return parts, unchecked, nil
}

func (p *Package) coreProps(name string, take func(name, key, value string)) error {
	n, err := p.XML(name)
	if err != nil {
		return err
	}
	for _, k := range n.Kids {
		label := coreNames[k.Name]
		_, local, _ := strings.Cut(k.Name, ":")
		if label == "" {
			if local == "created" || local == "modified" || local == "lastPrinted" || local == "revision" {
				continue
			}
			label = local
		}
		take(label, label, k.Content())
	}
	return nil
}

func (p *Package) appProps(name string, take func(name, key, value string)) error {
	n, err := p.XML(name)
	if err != nil {
		return err
	}
	for _, k := range n.Kids {
		_, local, _ := strings.Cut(k.Name, ":")
		v := k.Content()
		switch k.Name {
		case "ep:TitlesOfParts", "ep:HeadingPairs", "ep:AppVersion":
			continue
		case "ep:Template":
			if strings.HasPrefix(v, "Normal") || strings.EqualFold(v, "Office Theme") {
				continue
			}
		case "ep:Application":
			if !strings.ContainsAny(v, "_{") && utf8.RuneCountInString(v) < 60 {
				continue
			}
		default:
			if appNames[k.Name] == "" && SafeValue(v) {
				continue
			}
		}
		label := appNames[k.Name]
		if label == "" {
			label = local
			if k.Find("vt:vector") != nil {
				v = strings.Join(generalLines(k), " ")
			}
		}
		take(label, label, v)
	}
	return nil
}

func (p *Package) customProps(name string, take func(name, key, value string)) error {
	n, err := p.XML(name)
	if err != nil {
		return err
	}
	for _, k := range n.Kids {
		if k.Name != "cup:property" {
			continue
		}
		key, v := k.Attr("name"), k.Content()
		take(key, key, Unbase64(v))
	}
	return nil
}

// Unbase64 adds to a value what it says when it is base64 of plain text.
func Unbase64(v string) string {
	t := strings.TrimSpace(v)
	if len(t) < 16 || len(t)%4 != 0 {
		return v
	}
	b, err := base64.StdEncoding.DecodeString(t)
	if err != nil || !utf8.Valid(b) {
		return v
	}
	for _, r := range string(b) {
		if r < 0x20 && r != '\n' && r != '\t' {
			return v
		}
	}
	return v + " " + string(b)
}
