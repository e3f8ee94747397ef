package platform

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// standIn puts a script in place of zenity and returns the file with its arguments.
func standIn(t *testing.T, body string) (args string) {
	t.Helper()
	dir := t.TempDir()
	args = filepath.Join(dir, "args")
	script := "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done > '" + args + "'\n" + body + "\n"
	if err := os.WriteFile(filepath.Join(dir, "zenity"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	return args
}

func TestOpenFilesByZenity(t *testing.T) {
	args := standIn(t, "printf '/甲 乙.docx\\n/丙.pdf\\n'")
	got, err := OpenFiles(FileRequest{
		Title: "选择附件", Folder: "/材料", Multiple: true,
		Filters: []Filter{{Name: "文档", Extensions: []string{".docx", ".pdf"}}},
	})
	if err != nil || !reflect.DeepEqual(got, []string{"/甲 乙.docx", "/丙.pdf"}) {
		t.Errorf("got %q, %v", got, err)
	}
	b, err := os.ReadFile(args)
	if err != nil {
		t.Fatal(err)
	}
	want := "--file-selection\n--title=选择附件\n--filename=/材料/\n--multiple\n--separator=\n\n" +
		"--file-filter=文档 | *.docx *.DOCX *.pdf *.PDF\n"
	if string(b) != want {
		t.Errorf("arguments %q, want %q", b, want)
	}
}

func TestDialogOutcomes(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       error
	}{
		{"cancelled", "exit 1", ErrCancelled},
		{"nothing chosen", "exit 0", ErrCancelled},
		{"cannot show", "exit 255", ErrNoDialog},
	} {
		t.Run(c.name, func(t *testing.T) {
			standIn(t, c.body)
			if _, err := ChooseFolder(FileRequest{}); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("no program", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if _, err := SaveFile(FileRequest{}); !errors.Is(err, ErrNoDialog) {
			t.Errorf("got %v, want ErrNoDialog", err)
		}
	})
}
