// Command compare measures one method of finding words and numbers, for the table that
// make bench prints. Each method is a process of its own, so that its memory can be told.
//
//	compare write DIR BYTES          the texts normal.txt and mixed.txt and the list terms.txt
//	compare METHOD TERMS TEXT…       scan, gse, contains, regexps or regexps-all
//
// Documents in a text are parted by form feeds. A method prints one line of JSON: the
// processor seconds to load, and for each text its bytes, processor seconds and hits.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"jinggao/sanitize/internal/benchtext"
	"jinggao/sanitize/rule"
)

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: compare write DIR BYTES | compare METHOD TERMS TEXT...")
		os.Exit(2)
	}
	run := func() error { return measure(os.Args[1], os.Args[2], os.Args[3:]) }
	if os.Args[1] == "write" {
		run = func() error { return write(os.Args[2], os.Args[3]) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// write makes the texts and the list.
func write(dir, size string) error {
	n, err := strconv.Atoi(size)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number of bytes", size)
	}
	set, err := rule.Builtin()
	if err != nil {
		return fmt.Errorf("load the rules: %w", err)
	}
	seen := map[string]bool{}
	var list []string
	add := func(words []string) {
		for _, w := range words {
			if !seen[w] && len([]rune(w)) > 1 {
				seen[w] = true
				list = append(list, w)
			}
		}
	}
	for _, r := range set.Rules {
		add(r.Terms)
		for _, p := range r.Patterns {
			add(p.Anchors)
		}
	}
	for name, text := range map[string]string{
		"normal.txt": strings.Join(benchtext.Normal(n), "\f"),
		"mixed.txt":  strings.Join(benchtext.Mixed(set, n), "\f"),
		"terms.txt":  strings.Join(list, "\n") + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}

type textFigures struct {
	Bytes   int     `json:"bytes"`
	Seconds float64 `json:"seconds"`
	Hits    int     `json:"hits"`
}

type figures struct {
	Load  float64       `json:"load"`
	Texts []textFigures `json:"texts"`
}

// long is how many seconds a method may take for a text before it is stopped; what it
// has done by then is measured.
const long = 20 * time.Second

// warmUp is how long a method may run over a text before it is measured, for what is made
// ready when first used.
const warmUp = 3 * time.Second

func measure(name, terms string, texts []string) error {
	begun := benchtext.ProcessorSeconds()
	method, err := load(name, terms)
	if err != nil {
		return err
	}
	out := figures{Load: benchtext.ProcessorSeconds() - begun}
	for _, file := range texts {
		data, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read a text: %w", err)
		}
		docs := strings.Split(string(data), "\f")
		for warm, i := time.Now().Add(warmUp), 0; i < len(docs) && time.Now().Before(warm); i++ {
			method(docs[i])
		}
		f, start, stop := textFigures{}, benchtext.ProcessorSeconds(), time.Now().Add(long)
		for _, d := range docs {
			f.Hits += method(d)
			f.Bytes += len(d)
			if time.Now().After(stop) {
				break
			}
		}
		f.Seconds = benchtext.ProcessorSeconds() - start
		out.Texts = append(out.Texts, f)
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		return fmt.Errorf("print the figures: %w", err)
	}
	return nil
}
