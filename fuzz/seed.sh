#!/usr/bin/env bash
# Fills fuzz/corpus from seeds/ and data/: what every target begins with.
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=fuzz/corpus
mkdir -p "$corpus"/{extract,read_text,read_html,read_jsonl,read_csv,read_parquet,model_file,analyze,condition_channel_holder}

python3 - "$corpus" <<'PYTHON'
import csv, json, pathlib, sys

corpus = pathlib.Path(sys.argv[1])
rows = list(csv.DictReader(open("data/statements.csv", encoding="utf-8", newline="")))[::40]
articles = [p.read_text(encoding="utf-8") for p in sorted(pathlib.Path("seeds").glob("*.txt"))]

def put(target, name, data):
    (corpus / target / name).write_bytes(data if isinstance(data, bytes) else data.encode())

for i, text in enumerate(articles + [row["text"] for row in rows]):
    put("extract", f"{i}", text)
    put("analyze", f"{i}", text)
    speaker, date = [("", ""), ("the Iranian official", ""), ("Madeleine Albright", "1999-05-01")][i % 3]
    put("condition_channel_holder", f"{i}", f"{speaker}\n{date}\n{text}")
for i, text in enumerate(articles):
    for encoding in ["utf-8", "utf-16", "utf-16-be", "cp1252"]:
        put("read_text", f"{i}-{encoding}", text.encode(encoding, "replace"))
    for size in [400, 4000]:
        body = "".join(f"<p>{p}</p>\n" for p in text[:size].split("\n") if p)
        put("read_html", f"{i}-{size}", f"<!DOCTYPE html><html><head><title>News</title>"
            f"<meta property='og:site_name' content='Vale'></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>News</h1>{body}</article><script>x()</script></body></html>")
for i in range(0, len(rows), 4):
    part = rows[i:i + 4]
    put("read_jsonl", f"{i}", "".join(json.dumps(row, ensure_ascii=i % 8 == 0) + "\n" for row in part))
    header = list(rows[0])
    lines = [",".join(header)] + [",".join('"' + row[c].replace('"', '""') + '"' for c in header) for row in part]
    put("read_csv", f"{i}", "\n".join(lines))
PYTHON

for i in 0 4 8; do
    nice -n 19 cargo run --quiet --release -- classify --as statements --quiet --columns article,text \
        -o "$corpus/read_parquet/$i.parquet" --input-format csv "$corpus/read_csv/$i"
done

# A small model, so that mutations reach all of its parts.
printf 'text,label\nWe will talk.,open\nWe talk if they stop.,conditional\nNo talks.,rejecting\nIt rained.,none\n' \
    >"$corpus/small.csv"
for families in "--no-cues" ""; do
    nice -n 19 cargo run --quiet --release -- train "$corpus/small.csv" --folds 0 $families \
        -o "$corpus/model_file/small$families" >/dev/null
done
rm "$corpus"/small.csv "$corpus"/model_file/*.md
