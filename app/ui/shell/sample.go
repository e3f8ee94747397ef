package shell

import (
	"fmt"
	"os"
	"path/filepath"

	"jinggao/app/casefile"
)

// OpenSample lays the sample case out in a folder of its own and opens it.
func (w *Window) OpenSample() { w.OpenSampleIn(Folder()) }

// OpenSampleIn does the same below a given folder. A sample that is there and lies
// where it was put is opened again.
func (w *Window) OpenSampleIn(dir string) {
	there := filepath.Join(dir, casefile.SampleName, casefile.SampleName+casefile.Ext)
	w.openWith("示例案卷未能打开", func() (*casefile.Case, error) {
		if _, err := os.Stat(there); err == nil {
			if c, err := casefile.Open(there); err == nil {
				return c, nil
			}
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("make folder for the sample: %w", err)
		}
		return casefile.CreateSample(dir)
	})
}
