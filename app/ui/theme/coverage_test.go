package theme_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"jinggao/assets"
)

// TestFaceHasEveryRune walks the texts in the sources of the window and of what it
// shows: a rune that our face lacks would be drawn by whatever face the system has,
// or as a box, and its first use would cost a search through all faces.
func TestFaceHasEveryRune(t *testing.T) {
	for _, name := range []string{assets.FontRegular, assets.FontBold} {
		data := assets.Packed(name)
		if data == nil {
			t.Skipf("built without %s", name)
		}
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		for r, where := range runesInSources(t, "..", "../../platform") {
			if g, err := face.GlyphIndex(&buf, r); err != nil || g == 0 {
				t.Errorf("%s lacks %q (%U), used in %s", name, r, r, where)
			}
		}
	}
}

// runesInSources gives each non-ASCII rune of the string literals in Go files that are
// no tests, with a place where it is used.
func runesInSources(t *testing.T, roots ...string) map[rune]string {
	t.Helper()
	out := map[rune]string{}
	set := token.NewFileSet()
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Errorf("%s: %v", set.Position(lit.Pos()), err)
				}
				for _, r := range s {
					if r >= 0x80 {
						out[r] = set.Position(lit.Pos()).String()
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
