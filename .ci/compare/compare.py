#!/usr/bin/env python3
"""Measures detection beside other methods in one run: compare.py [BYTES].

The same texts (documents of 20 KB) and the same list of terms for all; each method is a
process of its own. Speed is in MB a processor second on the texts alone, loading apart, after up to three seconds of warming up;
memory is the peak of the process. What is not installed is said so.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def run(command):
    """Output, processor seconds and peak memory in MB of a command."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, use = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(err.decode("utf-8", "replace").strip().splitlines()[-1:] or "exit %d" % child.returncode)
    return out, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024


def figures(command):
    out, _, memory = run(command)
    got = json.loads(out)
    return got["load"], [(t["bytes"] / 1e6 / max(t["seconds"], 1e-9), t["hits"]) for t in got["texts"]], memory


def grep(terms, texts):
    rates, memory = [], 0
    for text in texts:
        out, seconds, peak = run(["grep", "-F", "-o", "-f", terms, text])
        rates.append((os.path.getsize(text) / 1e6 / seconds, out.count(b"\n")))
        memory = max(memory, peak)
    return 0, rates, memory


def node_packages():
    """Installs the npm packages by their lock file; the reason if that cannot be done."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "没有 node 或 npm"
    if not os.path.isdir(os.path.join(HERE, "node_modules", "mint-filter")):
        # “npm ci” wants every optional package of every system in the lock file; --no-save keeps the file.
        done = subprocess.run(["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, capture_output=True)
        if done.returncode:
            return "npm 安装不成"
    return ""


def jieba_python():
    """A Python that has jieba: this one, or that of the system, for which Debian packs it."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run([python, "-c", "import jieba"], capture_output=True).returncode == 0:
            return python
    return ""


def pad(text, width):
    return text + " " * max(0, width - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))


def main():
    size = sys.argv[1] if len(sys.argv) > 1 else "4000000"
    with tempfile.TemporaryDirectory() as scratch:
        tool = os.path.join(scratch, "compare")
        subprocess.run(["go", "build", "-trimpath", "-o", tool, "./sanitize/internal/compare"], cwd=ROOT, check=True)
        subprocess.run([tool, "write", scratch, size], check=True)
        terms = os.path.join(scratch, "terms.txt")
        texts = [os.path.join(scratch, name) for name in ("normal.txt", "mixed.txt")]
        missing = node_packages()
        node = ["node", os.path.join(HERE, "method.mjs")]
        python = jieba_python()
        methods = [
            ("净稿：全部规则，带理由", "", lambda: figures([tool, "scan", terms, *texts])),
            ("gse 全文分词 + 词表", "", lambda: figures([tool, "gse", terms, *texts])),
            ("16 个常用 Go 正则", "", lambda: figures([tool, "regexps", terms, *texts])),
            ("另加规则里的全部正则", "", lambda: figures([tool, "regexps-all", terms, *texts])),
            ("逐词 strings.Contains", "", lambda: figures([tool, "contains", terms, *texts])),
            ("grep -F -o 词表", "" if shutil.which("grep") else "没有 grep", lambda: grep(terms, texts)),
            ("@node-rs/jieba + 词表", missing, lambda: figures([*node, "node-rs-jieba", terms, *texts])),
            ("mint-filter", missing, lambda: figures([*node, "mint-filter", terms, *texts])),
            ("sensitive-word-tool", missing, lambda: figures([*node, "sensitive-word-tool", terms, *texts])),
            ("python3-jieba + 词表", "" if python else "没有 python3-jieba", lambda: figures([python, os.path.join(HERE, "method.py"), terms, *texts])),
        ]
        count = sum(1 for _ in open(terms, encoding="utf-8"))
        print("文本 normal、mixed 各 %.1f MB，词表 %d 条；速度为 MB/CPU 秒，倍数为净稿 ÷ 该法" % (os.path.getsize(texts[0]) / 1e6, count))
        print(pad("", 26) + "".join("%9s" % h for h in ("normal", "ratio", "mixed", "ratio", "hits", "load s", "MB")))
        base = None
        for name, why, method in methods:
            if not why:
                try:
                    load, rates, memory = method()
                except (RuntimeError, OSError, ValueError) as err:
                    why = str(err)
            if why:
                print(pad(name, 26) + "  未比较：" + why)
                continue
            base = base or rates
            print(pad(name, 26) + "".join("%9.1f%8.1f×" % (r, b / r) for (r, _), (b, _) in zip(rates, base)) + "%9d%9.2f%9.0f" % (rates[1][1], load, memory))


if __name__ == "__main__":
    main()
