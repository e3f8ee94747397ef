package casefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/embed" // SQLite itself, as WebAssembly
	"github.com/tetratelabs/wazero"
)

// formatVersion is kept as user_version; a program opens what is not newer.
const formatVersion = 1

// applicationID marks our files in the SQLite header: "JGC1".
const applicationID = 0x4A474331

// Every table that commands change has the same shape: two keys and a JSON value.
const schema = `
CREATE TABLE meta       (k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE rows       (k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE attachments(k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE links      (k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE scans      (k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE decisions  (k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE ticks      (k1 TEXT NOT NULL, k2 TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(k1,k2)) WITHOUT ROWID;
CREATE TABLE commands   (seq INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, place TEXT NOT NULL, changes TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE history    (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL);
`

// Names of the keyed tables.
const (
	tabMeta        = "meta"
	tabRows        = "rows"
	tabAttachments = "attachments"
	tabLinks       = "links"
	tabScans       = "scans"
	tabDecisions   = "decisions"
	tabTicks       = "ticks"
)

var prepareRuntime = sync.OnceFunc(func() {
	cfg := wazero.NewRuntimeConfig()
	if dir, err := CompileCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(dir); err == nil {
			cfg = cfg.WithCompilationCache(cache)
		}
	}
	sqlite3.RuntimeConfig = cfg
})

// CompileCacheDir is where compiled WebAssembly is kept from one start to the
// next (SQLite here, PDFium in the engine); it is created if missing.
func CompileCacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the cache folder: %w", err)
	}
	dir := filepath.Join(base, "jinggao", "wasm")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("create the cache folder: %w", err)
	}
	return dir, nil
}

// Warm compiles SQLite (1–2 s on a machine that never did it, else some 50 ms), so
// that the first case opens at once. It may run in the background at start.
func Warm() {
	prepareRuntime()
	if c, err := sqlite3.Open(":memory:"); err == nil {
		_ = c.Close()
	}
}

// inspect looks at the first bytes without SQLite and without changing anything.
func inspect(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return openNotice(path, err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return openNotice(path, err)
	}
	if st.IsDir() {
		return foreignNotice()
	}
	var head [100]byte
	n, err := io.ReadFull(f, head[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return openNotice(path, err)
	}
	if n == 0 {
		return damagedNotice(path, errors.New("file is empty"))
	}
	if string(head[:min(n, 16)]) != "SQLite format 3\x00"[:min(n, 16)] {
		if filepath.Ext(path) == Ext {
			return damagedNotice(path, errors.New("no database header"))
		}
		return foreignNotice()
	}
	if n < len(head) {
		return damagedNotice(path, errors.New("header cut off"))
	}
	if binary.BigEndian.Uint32(head[68:]) != applicationID {
		return foreignNotice()
	}
	if v := int(binary.BigEndian.Uint32(head[60:])); v > formatVersion {
		return newerNotice(v)
	}
	return nil
}

// connect opens the database, takes its lock for good and checks it.
func connect(path string, flags sqlite3.OpenFlag) (*sqlite3.Conn, error) {
	prepareRuntime()
	db, err := sqlite3.OpenFlags(path, flags)
	if err != nil {
		return nil, openNotice(path, err)
	}
	// Exclusive locking: the first write lock is kept until Close, so that a second
	// window is turned away; the operating system drops it if the program dies. In
	// exclusive mode the write-ahead log needs no shared memory, and a change costs one
	// flush to disk; Close folds the log back into the one file.
	err = db.Exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF; BEGIN EXCLUSIVE; COMMIT;`)
	if err == nil {
		if ro, ok := db.ReadOnly("main"); ok && ro {
			err = sqlite3.READONLY
		}
	}
	if err != nil {
		_ = db.Close()
		return nil, openNotice(path, err)
	}
	return db, nil
}

// useLog switches to the write-ahead log. A new case is written without it first,
// so that the file itself is whole from the beginning.
func useLog(db *sqlite3.Conn) error {
	return db.Exec(`PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=200;`)
}

// quickCheck asks SQLite whether its pages hang together and our tables are there.
func quickCheck(db *sqlite3.Conn) error {
	s, _, err := db.Prepare(`PRAGMA quick_check(1)`)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // Step has said what was wrong
	for s.Step() {
		if t := s.ColumnText(0); t != "ok" {
			return fmt.Errorf("%w: %s", sqlite3.CORRUPT, t)
		}
	}
	if err := s.Err(); err != nil {
		return err
	}
	for _, t := range []string{tabMeta, tabRows, tabAttachments, tabLinks, tabScans, tabDecisions, tabTicks, "commands", "history"} {
		if err := db.Exec(`SELECT 1 FROM ` + t + ` LIMIT 1`); err != nil {
			return fmt.Errorf("%w: table %s: %w", sqlite3.CORRUPT, t, err)
		}
	}
	return nil
}

// run prepares, binds and steps through a statement; each is called per result row.
func run(db *sqlite3.Conn, sql string, each func(*sqlite3.Stmt) error, args ...any) error {
	s, _, err := db.Prepare(sql)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	defer func() { _ = s.Close() }() // Step has said what was wrong
	for i, a := range args {
		if err := bind(s, i+1, a); err != nil {
			return fmt.Errorf("bind: %w", err)
		}
	}
	for s.Step() {
		if each != nil {
			if err := each(s); err != nil {
				return err
			}
		}
	}
	return s.Err()
}

// prepared keeps the statement that was run last: a command on thousands of rows
// runs one statement thousands of times.
type prepared struct {
	db   *sqlite3.Conn
	sql  string
	stmt *sqlite3.Stmt
}

// run runs a statement that gives no rows.
func (p *prepared) run(sql string, args ...any) error {
	if p.stmt == nil || p.sql != sql {
		p.close()
		s, _, err := p.db.Prepare(sql)
		if err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
		p.stmt, p.sql = s, sql
	}
	for i, a := range args {
		if err := bind(p.stmt, i+1, a); err != nil {
			return fmt.Errorf("bind: %w", err)
		}
	}
	return p.stmt.Exec()
}

func (p *prepared) close() {
	if p.stmt != nil {
		_ = p.stmt.Close() // Exec has said what was wrong
		p.stmt = nil
	}
}

func bind(s *sqlite3.Stmt, i int, a any) error {
	switch v := a.(type) {
	case string:
		return s.BindText(i, v)
	case []byte:
		return s.BindText(i, string(v))
	case int:
		return s.BindInt(i, v)
	case int64:
		return s.BindInt64(i, v)
	}
	panic(fmt.Sprintf("bind: unexpected type %T", a)) // a mistake in this package
}

// transact runs f in one transaction; an error undoes everything.
func transact(db *sqlite3.Conn, f func() error) (err error) {
	tx, err := db.BeginImmediate()
	if err != nil {
		return saveNotice(err)
	}
	defer tx.End(&err)
	return f()
}
