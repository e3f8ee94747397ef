package sieve_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/detect/sieve"
)

var expressions = []string{
	`密`, `(?i)secret|Kelvin`, `^\s*第[一二三]+条`, `[\p{Han}]{1,4}部队(?:[^列员]|$)`, `(?:^|[^0-9.])([0-9]{2,3})号`,
	`\bab\b`, `a.b`, `(?s)a.b`, `[^a密]{2}$`, `x*`, `(?:一二|二三){2,3}`, `[𝟏-𝟗]a`, `a{3}b{0,2}c`, `^$`,
}

// Where the expression matches, the sieve must not say no.
func TestNeverHidesAMatch(t *testing.T) {
	letter := rapid.SampledFrom([]rune("密第一二三条部队列号aAbcKksſ12.𝟏 \n山"))
	for _, x := range expressions {
		re := regexp.MustCompile(x)
		s := sieve.New(re)
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringOfN(letter, 0, 24, -1).Draw(t, "text")
			if re.MatchString(text) && !s.Maybe([]rune(text)) {
				t.Fatalf("%s matches %q and the sieve says no", x, text)
			}
		})
	}
}

// Without assertions the sieve is exact.
func TestSaysNo(t *testing.T) {
	for x, texts := range map[string][]string{
		`[\p{Han}]{1,4}部队[0-9]`: {"", "部队1", "我部队", "我 部队1", strings.Repeat("山", 500)},
		`^第[一二]条`:               {"见第一条", "第三条"},
		`(?i)top\s?secret`:      {"top  secret", "TOPSECRE"},
		`a{3}c`:                 {"aac", "aaabc"},
	} {
		s := sieve.New(regexp.MustCompile(x))
		for _, text := range texts {
			if s.Maybe([]rune(text)) {
				t.Errorf("%s: maybe in %q", x, text)
			}
		}
	}
}

// An expression with too many states lets everything through.
func TestTooManyStates(t *testing.T) {
	re := regexp.MustCompile(`[ab]{0,200}a[ab]{40}c`)
	s := sieve.New(re)
	var b strings.Builder
	x := uint32(1)
	for range 20_000 {
		x = x*1664525 + 1013904223
		b.WriteByte("ab"[x>>31])
	}
	if !s.Maybe([]rune(b.String())) {
		t.Fatal("no, though the states ran out")
	}
	if !s.Maybe([]rune(strings.Repeat("a", 41) + "c")) {
		t.Fatal("a match was hidden")
	}
}

func BenchmarkMaybe(b *testing.B) {
	s := sieve.New(regexp.MustCompile(`[\p{Han}]{0,6}(?:雷达站|洞库|靶场|军用机场|观通站|导弹阵地)[0-9]{1,3}`))
	text := []rune(strings.Repeat("本项目面向大规模应用需求，突破了协同调度与智能运维等关键技术。", 4))
	b.SetBytes(int64(len(string(text))))
	for b.Loop() {
		s.Maybe(text)
	}
}
