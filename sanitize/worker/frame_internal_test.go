package worker

import (
	"bytes"
	"testing"
)

func FuzzReadFrame(f *testing.F) {
	var b bytes.Buffer
	if err := writeFrame(&b, request{Op: opRead, Name: "a"}, []byte("x")); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(_ *testing.T, data []byte) {
		var r request
		_, _ = readFrame(bytes.NewReader(data), &r) // must not panic
	})
}
