package platform

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The dialogs of the shell are COM objects; what follows are the slots of their
// method tables (shobjidl_core.h): IUnknown 0–2, IModalWindow 3, IFileDialog 4–26,
// IFileOpenDialog 27–28; IShellItem 5; IShellItemArray 7–8.
const (
	slotRelease        = 2
	slotShow           = 3
	slotSetFileTypes   = 4
	slotSetOptions     = 9
	slotGetOptions     = 10
	slotSetFolder      = 12
	slotSetFileName    = 15
	slotSetTitle       = 17
	slotGetResult      = 20
	slotSetDefaultExt  = 22
	slotGetResults     = 27
	slotGetDisplayName = 5
	slotGetCount       = 7
	slotGetItemAt      = 8

	fosOverwritePrompt = 0x2
	fosNoChangeDir     = 0x8
	fosPickFolders     = 0x20
	fosForceFileSystem = 0x40
	fosMultiSelect     = 0x200
	fosFileMustExist   = 0x1000
	sigdnFileSysPath   = 0x80058000
	clsctxInproc       = 1
	hrCancelled        = 0x800704C7
)

var (
	clsidOpen     = windows.GUID{Data1: 0xDC1C5A9C, Data2: 0xE88A, Data3: 0x4DDE, Data4: [8]byte{0xA5, 0xA1, 0x60, 0xF8, 0x2A, 0x20, 0xAE, 0xF7}}
	clsidSave     = windows.GUID{Data1: 0xC0B4E2F3, Data2: 0xBA21, Data3: 0x4773, Data4: [8]byte{0x8D, 0xBA, 0x33, 0x5E, 0xC9, 0x46, 0xEB, 0x8B}}
	iidOpen       = windows.GUID{Data1: 0xD57C7288, Data2: 0xD4AD, Data3: 0x4768, Data4: [8]byte{0xBE, 0x02, 0x9D, 0x96, 0x95, 0x32, 0xD9, 0x60}}
	iidSave       = windows.GUID{Data1: 0x84BCCD23, Data2: 0x5FDE, Data3: 0x4CDB, Data4: [8]byte{0xAE, 0xA4, 0xAF, 0x64, 0xB8, 0x3D, 0x78, 0xAB}}
	iidIShellItem = windows.GUID{Data1: 0x43826D1E, Data2: 0xE718, Data3: 0x42EE, Data4: [8]byte{0xBC, 0x55, 0xA1, 0xE2, 0x61, 0xC3, 0x7B, 0xFE}}
)

// OpenFiles lets the person choose one or more existing files. It blocks until the
// dialog is closed and is therefore called on a goroutine of its own. ErrCancelled:
// nothing was chosen; ErrNoDialog: there is no native dialog here.
func OpenFiles(r FileRequest) ([]string, error) {
	options := uint32(fosFileMustExist)
	if r.Multiple {
		options |= fosMultiSelect
	}
	return r.show(&clsidOpen, &iidOpen, options, (*comObject).many)
}

// SaveFile lets the person choose a file to write; the dialog has asked before it
// returns an existing one. Blocks; errors as OpenFiles.
func SaveFile(r FileRequest) (string, error) {
	return one(r.show(&clsidSave, &iidSave, fosOverwritePrompt, (*comObject).single))
}

// ChooseFolder lets the person choose a folder. Blocks; errors as OpenFiles.
func ChooseFolder(r FileRequest) (string, error) {
	r.Filters = nil
	return one(r.show(&clsidOpen, &iidOpen, fosPickFolders, (*comObject).single))
}

func one(paths []string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

// comObject is a COM object: a pointer to its method table.
type comObject struct{ table *[64]uintptr }

// call calls a method; the result is an HRESULT.
func (o *comObject) call(slot int, args ...uintptr) uint32 {
	all := append([]uintptr{uintptr(unsafe.Pointer(o))}, args...)
	hr, _, _ := syscall.SyscallN(o.table[slot], all...)
	return uint32(hr)
}

func (o *comObject) release() {
	if o != nil {
		o.call(slotRelease)
	}
}

func failed(hr uint32) bool { return hr&0x80000000 != 0 }

// filterSpec is COMDLG_FILTERSPEC.
type filterSpec struct{ name, pattern *uint16 }

// show runs one dialog on a thread of its own.
func (r FileRequest) show(class, iid *windows.GUID, options uint32, result func(*comObject) ([]string, error)) ([]string, error) {
	type answer struct {
		paths []string
		err   error
	}
	ch := make(chan answer, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE); err != nil && err != syscall.Errno(1) {
			ch <- answer{err: fmt.Errorf("start COM: %w", ErrNoDialog)}
			return
		}
		defer windows.CoUninitialize()
		paths, err := r.dialog(class, iid, options, result)
		ch <- answer{paths, err}
	}()
	a := <-ch
	return a.paths, a.err
}

func (r *FileRequest) dialog(class, iid *windows.GUID, options uint32, result func(*comObject) ([]string, error)) ([]string, error) {
	var d *comObject
	create := windows.NewLazySystemDLL("ole32.dll").NewProc("CoCreateInstance")
	hr, _, _ := create.Call(uintptr(unsafe.Pointer(class)), 0, clsctxInproc,
		uintptr(unsafe.Pointer(iid)), uintptr(unsafe.Pointer(&d)))
	if failed(uint32(hr)) || d == nil {
		return nil, fmt.Errorf("make dialog (%#x): %w", uint32(hr), ErrNoDialog)
	}
	defer d.release()
	var had uint32
	d.call(slotGetOptions, uintptr(unsafe.Pointer(&had)))
	d.call(slotSetOptions, uintptr(had|options|fosNoChangeDir|fosForceFileSystem))
	r.dress(d)
	switch hr := d.call(slotShow, r.Parent); {
	case hr == hrCancelled:
		return nil, ErrCancelled
	case failed(hr):
		return nil, fmt.Errorf("show dialog (%#x): %w", hr, ErrNoDialog)
	}
	return result(d)
}

// dress sets title, name, folder and file types.
func (r *FileRequest) dress(d *comObject) {
	text := func(slot int, s string) {
		if p, err := windows.UTF16PtrFromString(s); err == nil && s != "" {
			d.call(slot, uintptr(unsafe.Pointer(p)))
			runtime.KeepAlive(p)
		}
	}
	text(slotSetTitle, r.Title)
	text(slotSetFileName, r.Name)
	if len(r.Filters) > 0 {
		specs := make([]filterSpec, 0, len(r.Filters))
		for _, f := range r.Filters {
			name, err1 := windows.UTF16PtrFromString(f.Name)
			pattern, err2 := windows.UTF16PtrFromString("*" + strings.Join(f.Extensions, ";*"))
			if err1 == nil && err2 == nil {
				specs = append(specs, filterSpec{name, pattern})
			}
		}
		if len(specs) > 0 {
			d.call(slotSetFileTypes, uintptr(len(specs)), uintptr(unsafe.Pointer(&specs[0])))
			runtime.KeepAlive(specs)
		}
		if e := r.Filters[0].Extensions; len(e) > 0 {
			text(slotSetDefaultExt, strings.TrimPrefix(e[0], "."))
		}
	}
	if item := shellItem(r.Folder); item != nil {
		d.call(slotSetFolder, uintptr(unsafe.Pointer(item)))
		item.release()
	}
}

// shellItem makes the shell's object of a folder, or nil.
func shellItem(folder string) *comObject {
	if folder == "" {
		return nil
	}
	p, err := windows.UTF16PtrFromString(filepath.Clean(folder))
	if err != nil {
		return nil
	}
	var item *comObject
	parse := windows.NewLazySystemDLL("shell32.dll").NewProc("SHCreateItemFromParsingName")
	hr, _, _ := parse.Call(uintptr(unsafe.Pointer(p)), 0, uintptr(unsafe.Pointer(&iidIShellItem)), uintptr(unsafe.Pointer(&item)))
	if failed(uint32(hr)) {
		return nil
	}
	return item
}

// single reads the one result of a dialog.
func (o *comObject) single() ([]string, error) {
	var item *comObject
	if hr := o.call(slotGetResult, uintptr(unsafe.Pointer(&item))); failed(hr) || item == nil {
		return nil, fmt.Errorf("result of dialog (%#x): %w", hr, ErrNoDialog)
	}
	defer item.release()
	p, err := item.path()
	if err != nil {
		return nil, err
	}
	return []string{p}, nil
}

// many reads all results of an open dialog.
func (o *comObject) many() ([]string, error) {
	var items *comObject
	if hr := o.call(slotGetResults, uintptr(unsafe.Pointer(&items))); failed(hr) || items == nil {
		return nil, fmt.Errorf("results of dialog (%#x): %w", hr, ErrNoDialog)
	}
	defer items.release()
	var n uint32
	items.call(slotGetCount, uintptr(unsafe.Pointer(&n)))
	paths := make([]string, 0, n)
	for i := range n {
		var item *comObject
		if hr := items.call(slotGetItemAt, uintptr(i), uintptr(unsafe.Pointer(&item))); failed(hr) || item == nil {
			return nil, fmt.Errorf("result %d of dialog (%#x): %w", i, hr, ErrNoDialog)
		}
		p, err := item.path()
		item.release()
		if err != nil {
			return nil, err
		}
		paths = append(paths, p)
	}
	if len(paths) == 0 {
		return nil, ErrCancelled
	}
	return paths, nil
}

func (o *comObject) path() (string, error) {
	var p *uint16
	if hr := o.call(slotGetDisplayName, sigdnFileSysPath, uintptr(unsafe.Pointer(&p))); failed(hr) || p == nil {
		return "", fmt.Errorf("path of a result (%#x): %w", hr, ErrNoDialog)
	}
	defer windows.CoTaskMemFree(unsafe.Pointer(p))
	return windows.UTF16PtrToString(p), nil
}

// OpenPath opens a file or folder with the program that the system has for it.
func OpenPath(path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return fmt.Errorf("path to open: %w", err)
	}
	if err := windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fmt.Errorf("open with the system: %w", err)
	}
	return nil
}

// RevealPath opens the folder that holds a file, with the file chosen.
func RevealPath(path string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	cmd := exec.Command("explorer.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `explorer.exe /select,"` + path + `"`}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("show in Explorer: %w", err)
	}
	return cmd.Process.Release()
}
