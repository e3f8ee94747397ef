"""python3-jieba and a list, for the comparison: method.py TERMS TEXT...; prints figures as method.mjs does."""
import json
import sys
import time

import jieba

terms = set(open(sys.argv[1], encoding="utf-8").read().split("\n"))
begun = time.process_time()
jieba.setLogLevel(60)
jieba.initialize()
out = {"load": time.process_time() - begun, "texts": []}
for name in sys.argv[2:]:
    text = open(name, encoding="utf-8", newline="").read()
    until = time.monotonic() + 3
    for doc in text.split("\f"):  # warm up, as the others do
        if time.monotonic() > until:
            break
        for line in doc.split("\n"):
            jieba.lcut(line)
    start = time.process_time()
    hits = sum(word in terms for doc in text.split("\f") for line in doc.split("\n") for word in jieba.cut(line))
    out["texts"].append({"bytes": len(text.encode()), "seconds": time.process_time() - start, "hits": hits})
print(json.dumps(out))
