//go:build !windows && !linux

package platform

import (
	"os"
	"os/exec"
	"path/filepath"
)

// OpenFiles says that there is no native dialog here.
func OpenFiles(FileRequest) ([]string, error) { return nil, ErrNoDialog }

// SaveFile says that there is no native dialog here.
func SaveFile(FileRequest) (string, error) { return "", ErrNoDialog }

// ChooseFolder says that there is no native dialog here.
func ChooseFolder(FileRequest) (string, error) { return "", ErrNoDialog }

// OpenPath opens a file or folder with the program that the system has for it.
func OpenPath(path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	return exec.Command("open", path).Run()
}

// RevealPath opens the folder that holds a file.
func RevealPath(path string) error { return OpenPath(filepath.Dir(path)) }
