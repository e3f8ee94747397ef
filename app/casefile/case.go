package casefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

// Case is an open 案卷. Close it to give up its lock.
type Case struct {
	path string
	now  func() time.Time

	mu          sync.Mutex
	db          *sqlite3.Conn // nil after Close
	info        Info
	who         string // who acts; "" means the clerk
	rows        []rowRecord
	index       map[string]int // row ID to index
	attachments []Attachment
	links       map[Link]bool
	decisions   map[string]map[string]redact.Decision // by file, by fingerprint
	ticks       map[string]map[string]Tick            // by file, by item
	backedUp    time.Time
	changed     bool // since the last backup
}

// Create makes a new case file. An existing file is never overwritten (ErrExists).
func Create(path string, info Info) (*Case, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, openNotice(path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, newNotice(ErrExists, "同名的案卷已经存在", "为避免覆盖，没有新建", "请换一个名称，或直接打开已有的案卷", err)
	}
	if err != nil {
		return nil, newNotice(ErrAccess, "案卷无法建立", "文件夹不存在或不可写", "请换一个文件夹", err)
	}
	if err := f.Close(); err != nil {
		return nil, saveNotice(err)
	}
	db, err := connect(path, sqlite3.OPEN_READWRITE)
	if err != nil {
		_ = os.Remove(path) // ours, made above, still empty
		return nil, err
	}
	c := newCase(path, db)
	info.Created = c.now()
	c.info = info
	err = transact(db, func() error {
		if err := db.Exec(schema + fmt.Sprintf(`PRAGMA application_id=%d; PRAGMA user_version=%d;`, applicationID, formatVersion)); err != nil {
			return err
		}
		if err := put(db, tabMeta, "info", "", info); err != nil {
			return err
		}
		return c.log("新建案卷")
	})
	if err == nil {
		err = useLog(db)
	}
	if err != nil {
		_ = db.Close()
		_ = os.Remove(path)
		return nil, saveNotice(err)
	}
	c.backedUp = c.now()
	return c, nil
}

// Open opens a case file. It fails with a *document.Refusal (ErrMissing,
// ErrForeign, ErrNewer, ErrDamaged, ErrInUse, ErrAccess by errors.Is) and then has
// changed nothing.
func Open(path string) (*Case, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, openNotice(path, err)
	}
	if err := inspect(path); err != nil {
		return nil, err
	}
	db, err := connect(path, sqlite3.OPEN_READWRITE)
	if err != nil {
		return nil, err
	}
	c := newCase(path, db)
	if err := quickCheck(db); err != nil {
		_ = db.Close()
		return nil, openNotice(path, err)
	}
	err = useLog(db)
	if err == nil {
		err = c.load()
	}
	if err != nil {
		_ = db.Close()
		var r *document.Refusal
		if errors.As(err, &r) {
			return nil, err
		}
		return nil, damagedNotice(path, err)
	}
	c.openBackup()
	return c, nil
}

func newCase(path string, db *sqlite3.Conn) *Case {
	return &Case{
		path: path, db: db, now: time.Now,
		index:     map[string]int{},
		links:     map[Link]bool{},
		decisions: map[string]map[string]redact.Decision{},
		ticks:     map[string]map[string]Tick{},
	}
}

// Close writes a last backup if something changed and gives up the lock. Closing
// twice is harmless.
func (c *Case) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return nil
	}
	db := c.db
	c.db = nil
	if err := db.Close(); err != nil {
		return fmt.Errorf("close case: %w", err)
	}
	return nil
}

// Path is the absolute path of the case file.
func (c *Case) Path() string { return c.path }

// Info returns title, campaign, header and people.
func (c *Case) Info() Info {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.info
}

// SetInfo stores title, campaign, header and people; Created stays as it was.
func (c *Case) SetInfo(info Info) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	info.Created = c.info.Created
	if info == c.info {
		return nil
	}
	err := c.write(func() error {
		if err := put(c.db, tabMeta, "info", "", info); err != nil {
			return err
		}
		return c.log("修改案卷信息")
	})
	if err == nil {
		c.info = info
	}
	return err
}

// ActAs says who acts from now on (a reviewer, say); "" is the clerk of the case.
func (c *Case) ActAs(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.who = name
}

// Setting returns a small setting of the case, such as the page last shown; "" if never set.
func (c *Case) Setting(key string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var v string
	if c.db != nil {
		_, _ = get(c.db, tabMeta, "setting", key, &v)
	}
	return v
}

// SetSetting keeps a small setting. It is no command and leaves no history.
func (c *Case) SetSetting(key, value string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.write(func() error { return put(c.db, tabMeta, "setting", key, value) })
}

// History returns the last n events, newest first; n ≤ 0 means all.
func (c *Case) History(n int) ([]Event, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.db == nil {
		return nil, errClosed()
	}
	if n <= 0 {
		n = -1
	}
	var out []Event
	err := run(c.db, `SELECT at, who, what FROM history ORDER BY seq DESC LIMIT ?`, func(s *sqlite3.Stmt) error {
		at, err := time.Parse(time.RFC3339Nano, s.ColumnText(0))
		if err != nil {
			return fmt.Errorf("history: %w", err)
		}
		out = append(out, Event{At: at, Who: s.ColumnText(1), What: s.ColumnText(2)})
		return nil
	}, n)
	if err != nil {
		return nil, openNotice(c.path, err)
	}
	return out, nil
}

// Log adds an event to the history. what must hold no document text.
func (c *Case) Log(what string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.write(func() error { return c.log(what) })
}

func (c *Case) log(what string) error {
	return run(c.db, `INSERT INTO history(at, who, what) VALUES (?,?,?)`, nil, c.now().Format(time.RFC3339Nano), c.actor(), what)
}

func (c *Case) actor() string {
	if c.who != "" {
		return c.who
	}
	return c.info.Clerk
}

func errClosed() error {
	return newNotice(ErrGone, "案卷已经关闭", "", "请重新打开", nil)
}

// write runs f in a transaction on an open case and now and then makes a backup.
func (c *Case) write(f func() error) error {
	if c.db == nil {
		return errClosed()
	}
	err := transact(c.db, f)
	if err != nil {
		var r *document.Refusal
		if errors.As(err, &r) || errors.Is(err, ErrGone) {
			return err
		}
		return saveNotice(err)
	}
	c.changed = true
	c.timedBackup()
	return nil
}

func put(db *sqlite3.Conn, table, k1, k2 string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode for %s: %w", table, err)
	}
	return run(db, `INSERT OR REPLACE INTO `+table+`(k1,k2,data) VALUES (?,?,?)`, nil, k1, k2, b)
}

func get(db *sqlite3.Conn, table, k1, k2 string, v any) (bool, error) {
	found := false
	err := run(db, `SELECT data FROM `+table+` WHERE k1=? AND k2=?`, func(s *sqlite3.Stmt) error {
		found = true
		return json.Unmarshal(s.ColumnRawText(0), v)
	}, k1, k2)
	return found, err
}
