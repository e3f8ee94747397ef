package casefile_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
)

// crashVariable makes the test binary write into the case it names until it is killed.
const crashVariable = "JINGGAO_TEST_CRASH"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashVariable); path != "" {
		writeForever(path)
	}
	os.Exit(m.Run())
}

// writeForever inserts batches of three rows and says after each that it is saved.
func writeForever(path string) {
	c, err := casefile.Open(path)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for n := 1; ; n++ {
		rows := make([]submission.Row, 3)
		for i := range rows {
			rows[i].Title = strconv.Itoa(n)
			rows[i].Notes = strings.Repeat("长", 2000)
		}
		if _, err := c.AppendRows("批", rows); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("saved", n)
	}
}

// A program that is killed in the middle of writing loses nothing that it had
// reported as saved, and no batch is there by halves.
func TestKilledWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "案.jgc")
	c, err := casefile.Create(path, casefile.Info{Title: "案"})
	must(t, err)
	must(t, c.Close())
	total := 0
	for round := range 4 {
		saved := killAfter(t, path, 3+4*round)
		c, err := casefile.Open(path)
		if err != nil {
			t.Fatalf("after kill %d: %v", round, err)
		}
		count := map[string]int{}
		for _, r := range c.Rows() {
			count[r.Title]++
		}
		batches := 0
		for title, n := range count {
			if n%3 != 0 {
				t.Errorf("batch %s is there by halves: %d rows", title, n)
			}
			batches += n / 3
		}
		if batches < total+saved {
			t.Errorf("round %d: %d batches saved, %d there", round, total+saved, batches)
		}
		total = batches
		if _, err := c.Undo(); err != nil {
			t.Errorf("undo after a kill: %v", err)
		}
		_, err = c.Redo()
		must(t, err)
		must(t, c.Close())
	}
}

// killAfter runs a writer until it has saved n batches and kills it then; the
// number that it reported is returned.
func killAfter(t *testing.T, path string, n int) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashVariable+"="+path)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	saved := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		if word != "saved" {
			t.Errorf("the writer says %s", lines.Text())
			break
		}
		saved, err = strconv.Atoi(rest)
		must(t, err)
		if saved == n {
			must(t, cmd.Process.Kill())
		}
	}
	_ = cmd.Wait() // it was killed
	return saved
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "案.jgc")
	c, err := casefile.Create(path, casefile.Info{Title: "案"})
	if err != nil {
		b.Fatal(err)
	}
	rows := make([]submission.Row, 500)
	for i := range rows {
		rows[i].Title = strings.Repeat("题", 30) + strconv.Itoa(i)
	}
	if _, err := c.AppendRows("", rows); err != nil {
		b.Fatal(err)
	}
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c, err := casefile.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSetCell(b *testing.B) {
	c, err := casefile.Create(filepath.Join(b.TempDir(), "案.jgc"), casefile.Info{Title: "案"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	ids, err := c.AppendRows("", make([]submission.Row, 5000))
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		i++
		if err := c.SetCell(ids[i%len(ids)], submission.ColNotes, strconv.Itoa(i)); err != nil {
			b.Fatal(err)
		}
	}
}
