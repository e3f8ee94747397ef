package platform

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// OpenFiles lets the person choose one or more existing files. It blocks until the
// dialog is closed and is therefore called on a goroutine of its own. ErrCancelled:
// nothing was chosen; ErrNoDialog: there is no native dialog here.
func OpenFiles(r FileRequest) ([]string, error) {
	return r.run(r.zenityArgs("--file-selection"), r.kdialogArgs("--getopenfilename"))
}

// SaveFile lets the person choose a file to write; the dialog has asked before it
// returns an existing one. Blocks; errors as OpenFiles.
func SaveFile(r FileRequest) (string, error) {
	return one(r.run(r.zenityArgs("--file-selection", "--save", "--confirm-overwrite"), r.kdialogArgs("--getsavefilename")))
}

// ChooseFolder lets the person choose a folder. Blocks; errors as OpenFiles.
func ChooseFolder(r FileRequest) (string, error) {
	r.Filters = nil
	return one(r.run(r.zenityArgs("--file-selection", "--directory"), r.kdialogArgs("--getexistingdirectory")))
}

func one(paths []string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

func (r *FileRequest) start() string {
	p := filepath.Join(r.Folder, r.Name)
	if r.Name == "" && r.Folder != "" {
		p = r.Folder + string(filepath.Separator)
	}
	return p
}

func (r *FileRequest) zenityArgs(args ...string) []string {
	args = append(args, "--title="+r.Title)
	if p := r.start(); p != "" {
		args = append(args, "--filename="+p)
	}
	if r.Multiple {
		args = append(args, "--multiple", "--separator=\n")
	}
	for _, f := range r.Filters {
		args = append(args, "--file-filter="+f.Name+" | "+patterns(f))
	}
	return args
}

func (r *FileRequest) kdialogArgs(verb string) []string {
	args := []string{"--title", r.Title}
	if r.Multiple {
		args = append(args, "--multiple", "--separate-output")
	}
	p := r.start()
	if p == "" {
		p = ":jinggao"
	}
	args = append(args, verb, p)
	if len(r.Filters) > 0 {
		var lines []string
		for _, f := range r.Filters {
			lines = append(lines, patterns(f)+"|"+f.Name)
		}
		args = append(args, strings.Join(lines, "\n"))
	}
	return args
}

func patterns(f Filter) string {
	var out []string
	for _, e := range f.Extensions {
		out = append(out, "*"+e)
		if up := strings.ToUpper(e); up != e {
			out = append(out, "*"+up)
		}
	}
	return strings.Join(out, " ")
}

// run asks zenity, else kdialog.
func (r *FileRequest) run(zenity, kdialog []string) ([]string, error) {
	name, args := "zenity", zenity
	if _, err := exec.LookPath(name); err != nil {
		name, args = "kdialog", kdialog
		if _, err := exec.LookPath(name); err != nil {
			return nil, ErrNoDialog
		}
	}
	out, err := exec.Command(name, args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 && len(out) == 0 {
		return nil, ErrCancelled
	}
	if err != nil {
		return nil, ErrNoDialog
	}
	var paths []string
	for _, p := range strings.Split(strings.TrimRight(string(out), "\n"), "\n") {
		if p != "" {
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		return nil, ErrCancelled
	}
	return paths, nil
}

// OpenPath opens a file or folder with the program that the system has for it.
func OpenPath(path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	cmd := exec.Command("xdg-open", path)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // only so that no zombie stays behind
	return nil
}

// RevealPath opens the folder that holds a file.
func RevealPath(path string) error { return OpenPath(filepath.Dir(path)) }
