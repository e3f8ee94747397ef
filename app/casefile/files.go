package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"

	"jinggao/sanitize/document"
)

// fingerprintFile reads a file once. Error only if ctx ended.
func fingerprintFile(ctx context.Context, path string) (Attachment, *document.Refusal, error) {
	var a Attachment
	path, err := filepath.Abs(path)
	if err != nil {
		return a, &document.Refusal{What: "文件路径无法识别", Do: "请重新选择文件", Detail: err.Error()}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return a, fileRefusal(err), nil
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return a, fileRefusal(err), nil
	}
	if !st.Mode().IsRegular() {
		return a, &document.Refusal{What: "不是文件，未添加", Why: "选中的是文件夹或设备", Do: "请选择其中的文件"}, nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, readerWithContext{ctx, f}); err != nil {
		if ctx.Err() != nil {
			return a, nil, ctx.Err()
		}
		return a, fileRefusal(err), nil
	}
	return Attachment{
		Name: filepath.Base(path), Path: path, Size: st.Size(), Modified: st.ModTime().Round(0),
		Kind: strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."), SHA256: hex.EncodeToString(h.Sum(nil)),
	}, nil, nil
}

func fileRefusal(err error) *document.Refusal {
	r := &document.Refusal{What: "文件无法读取，未添加", Why: "文件被占用、没有权限或已损坏", Do: "请关闭正在使用它的程序后重试", Detail: err.Error()}
	if os.IsNotExist(err) {
		r.Why, r.Do = "文件不在原处", "请重新选择文件"
	}
	return r
}

type readerWithContext struct {
	ctx context.Context
	r   io.Reader
}

func (r readerWithContext) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
