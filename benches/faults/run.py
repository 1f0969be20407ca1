#!/usr/bin/env python3
"""Faults: what is left of a run that is killed, meets a failing disk, or reads damaged files.

    benches/faults/run.py kill      SIGKILL at each write, sync and rename of a run of 20,000 rows, then --resume
    benches/faults/run.py errors    ENOSPC, EIO, EROFS, EINTR at each write, sync, rename, truncate and open
    benches/faults/run.py random    SIGKILL at random moments (--times), then --resume
    benches/faults/run.py mutate    damaged CSV, TSV, JSON Lines, Parquet and gzip input (--times)
    benches/faults/run.py unicode   one label for a statement in NFC, in NFD, and salted with invisible characters
    benches/faults/run.py spectrum  FOLDER: csv-spectrum read as its JSON says

Needs strace (kill, errors). The program is --program, target/release/demarche by default. --budget bounds the seconds of
each part; points are taken in a random order until
it is spent. Exits 1 at the first part that does not hold, and says what was found.
"""

import argparse
import csv
import gzip
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITES = ["write", "fsync", "fdatasync", "rename"]
ERRORS = {
    "ENOSPC": ["write", "fsync", "ftruncate", "openat"],
    "EIO": ["write", "fsync", "rename", "read", "ftruncate"],
    "EROFS": ["openat", "rename", "ftruncate"],
    "EINTR": ["write", "fsync", "read", "openat"],
}


def statements(rows):
    odd = {777: "odd\n", 15_000: ",\n"}
    lines = (odd.get(i, f's{i},"The envoy said, on day {i}, that talks may begin."\n') for i in range(rows))
    return "id,text\n" + "".join(lines)


class Place:
    """A folder with an input, an earlier output, and what an undisturbed run writes."""

    def __init__(self, program, folder, rows, checkpoint_rows, output="out.csv", more=()):
        self.program, self.folder, self.output = program, Path(folder), output
        (self.folder / "in.csv").write_text(statements(rows))
        self.more = [*more, "--checkpoint-rows", str(checkpoint_rows), "--threads", "1", "--quiet"]
        self.expect = self.undisturbed()

    def command(self, *more):
        return [str(self.program), "classify", "--as", "statements", "in.csv", "-o", self.output,
                "--rejects", "rejects.csv", *self.more, *more]

    def reset(self):
        for path in self.folder.iterdir():
            if path.name != "in.csv":
                path.unlink()
        (self.folder / self.output).write_text("an earlier output")

    def run(self, *more, prefix=()):
        return subprocess.run([*prefix, *self.command(*more)], cwd=self.folder, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, errors="replace")

    def undisturbed(self):
        self.reset()
        said = self.run()
        assert said.returncode == 1, said.stderr
        return {name: (self.folder / name).read_bytes() for name in (self.output, "rejects.csv")}

    def intact(self):
        """The earlier output, or the whole new one."""
        found = (self.folder / self.output).read_bytes()
        return found in (b"an earlier output", self.expect[self.output])

    def resumed(self):
        """Continues; nothing but the whole output may be there then."""
        said = self.run("--resume")
        if said.returncode != 1:
            return f"resume ended with {said.returncode}: {said.stderr}"
        for name, expect in self.expect.items():
            if (self.folder / name).read_bytes() != expect:
                return f"{name} differs after resume"
        left = {p.name for p in self.folder.iterdir()} - {"in.csv", "strace.log", *self.expect}
        return f"left over: {left}" if left else None


def points(place, calls):
    """How often a run makes each system call, counted by strace."""
    place.reset()
    log = place.folder / "strace.log"
    place.run(prefix=["strace", "-f", "-c", "-o", str(log), "-e", "trace=" + ",".join(calls)])
    counts = {}
    for line in log.read_text().splitlines():
        fields = line.split()
        if fields and fields[-1] in calls:
            counts[fields[-1]] = int(fields[3])
    log.unlink()
    return counts


def within(options, items, seconds):
    """The items in a random order, until the time is over."""
    items = list(items)
    random.Random(options.seed).shuffle(items)
    end = time.time() + seconds
    for item in items:
        if time.time() > end:
            return
        yield item


def inject(place, what, call, when):
    prefix = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={call}",
              "-e", f"inject={call}:{what}:when={when}"]
    place.reset()
    return place.run(prefix=prefix)


def part_kill(options, folder):
    report = {}
    for output in ["out.csv", "out.csv.gz"][: options.shapes]:
        place = Place(options.program, tempfile.mkdtemp(dir=folder), 20_000, 500, output)
        counts = points(place, WRITES)
        every = [(call, n) for call, count in counts.items() for n in range(1, count + 1)]
        done = 0
        for call, when in within(options, every, options.budget / options.shapes):
            done += 1
            inject(place, "signal=KILL", call, when)
            if not place.intact():
                return f"torn output after SIGKILL at {call} {when}"
            wrong = place.resumed()
            if wrong:
                return f"after SIGKILL at {call} {when} of {output}: {wrong}"
        report[output] = f"{done} of {len(every)} points ({counts})"
    print("kill:", report)
    return None


def part_errors(options, folder):
    place = Place(options.program, folder, 20_000, 500)
    counts = points(place, sorted({c for calls in ERRORS.values() for c in calls}))
    every = [(error, call, n) for error, calls in ERRORS.items() for call in calls
             for n in range(1, counts.get(call, 0) + 1)]
    outcomes = {}
    for error, call, when in within(options, every, options.budget):
        said = inject(place, f"error={error}", call, when)
        point = f"{error} at {call} {when}"
        if "panicked" in said.stderr:
            return f"{point}: {said.stderr}"
        if not place.intact():
            return f"{point}: torn output, exit {said.returncode}"
        if said.returncode in (0, 1) and (place.folder / place.output).read_bytes() != place.expect[place.output]:
            return f"{point}: exit {said.returncode}, but the output is not whole"
        wrong = place.resumed()
        if wrong:
            return f"{point}: {wrong}"
        outcomes[said.returncode] = outcomes.get(said.returncode, 0) + 1
    print(f"errors: {sum(outcomes.values())} of {len(every)} points; exit codes {outcomes}; {counts}")
    return None


def part_random(options, folder):
    place = Place(options.program, folder, options.rows, 5_000)
    start = time.time()
    place.undisturbed()
    whole, kills, runs = time.time() - start, 0, 0
    chance = random.Random(options.seed)
    end = time.time() + options.budget
    while kills < options.times and time.time() < end:
        place.reset()
        runs += 1
        more = []
        while kills < options.times:
            child = subprocess.Popen(place.command(*more), cwd=place.folder, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, whole / 2))
            child.send_signal(signal.SIGKILL)
            child.wait()
            kills += 1
            more = ["--resume"]
            if not place.intact():
                return f"torn output after kill {kills}"
            if chance.random() < 0.3:
                break
        wrong = place.resumed()
        if wrong:
            return f"after kill {kills}: {wrong}"
    print(f"random: {kills} kills in {runs} runs of {options.rows} rows")
    return None


def mutated(chance, data):
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        kind = chance.randrange(6)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at:at + chance.randint(1, 40)]
        elif kind == 2:
            data[at:at] = chance.choice([b'"', b"\n", b",", b"\r\n", b"\0", b"\xff\xfe", b"{", b"\\u", b"\xef\xbb\xbf", b"\t"])
        elif kind == 3:
            del data[at:]
        elif kind == 4:
            data[at:at] = data[: chance.randint(1, 80)]
        else:
            data[at] = chance.randrange(256)
        if not data:
            data = bytearray(b"\n")
    return bytes(data)


def as_parquet(options, folder, table):
    (folder / "in.csv").write_bytes(table)
    subprocess.run([str(options.program), "classify", "in.csv", "--as", "statements", "--columns", "article,text",
                    "-o", "out.parquet", "--quiet"], cwd=folder, stderr=subprocess.DEVNULL)
    return (folder / "out.parquet").read_bytes()


def part_mutate(options, folder):
    folder = Path(folder)
    table = statements(40).encode()
    lines = "".join(json.dumps({"id": i, "text": f"The envoy “{i}” said so."}) + "\n" for i in range(40)).encode()
    kinds = {"m.csv": table, "m.tsv": table.replace(b",", b"\t"), "m.jsonl": lines,
             "g.csv.gz": gzip.compress(table), "g.jsonl.gz": gzip.compress(lines),
             "p.parquet": as_parquet(options, folder, table)}
    chance = random.Random(options.seed)
    codes = {}
    for number in range(options.times):
        name = list(kinds)[number % len(kinds)]
        for path in folder.iterdir():
            path.unlink()
        data = mutated(chance, kinds[name])
        (folder / name).write_bytes(data)
        unit = chance.choice(["statements", "articles"])
        command = [str(options.program), "classify", name, "--as", unit, "-o", "out.jsonl", "--rejects", "r.csv",
                   "--summary", "run.json", "--quiet"]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=60)
        codes[said.returncode] = codes.get(said.returncode, 0) + 1
        keep = f"{name} {number} (seed {options.seed}, {unit})"
        if said.returncode not in (0, 1, 2) or "panicked" in said.stderr:
            return f"{keep}: exit {said.returncode}: {said.stderr}"
        if said.returncode == 2:
            if (folder / "out.jsonl").exists():
                return f"{keep}: exit 2 with an output"
            continue
        counts = json.loads((folder / "run.json").read_text())["counts"]
        rows = sum(1 for _ in open(folder / "out.jsonl", "rb"))
        if rows != counts["rows"] or (said.returncode == 1) != (counts["rejects"] > 0):
            return f"{keep}: {rows} rows, {counts}, exit {said.returncode}"
        if name == "m.jsonl" and unit == "statements" and b"\xff\xfe" not in data:
            come = sum(1 for line in data.split(b"\n") if line.strip(b" \t\r\n\x0c"))
            if come != counts["rows"] + counts["rejects"]:
                return f"{keep}: {come} lines in, {counts['rows']} rows out, {counts['rejects']} rejects"
    print(f"mutate: {options.times} inputs, exit codes {codes}")
    return None


INVISIBLE = {
    "zero-width": "\u200b\u200d\u2060\ufeff\u00ad",
    "bidi": "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
}


def salted(chance, text, salt):
    text = list(text)
    for _ in range(max(3, len(text) // 10)):
        text.insert(chance.randrange(len(text) + 1), chance.choice(salt))
    return "".join(text)


def part_unicode(options, folder):
    folder, chance = Path(folder), random.Random(options.seed)
    with open(ROOT / "data/statements.csv", encoding="utf-8", newline="") as table:
        texts = [row["text"] for row in csv.DictReader(table)][:10_000]
    # Every fifth statement gets a name that NFC and NFD write differently.
    texts = [f"Zoë Nuñez, señor of Åre: {text}" if i % 5 == 0 else text for i, text in enumerate(texts)]
    shapes = {
        "NFC": [unicodedata.normalize("NFC", text) for text in texts],
        "NFD": [unicodedata.normalize("NFD", text) for text in texts],
        **{name: [salted(chance, text, salt) for text in texts] for name, salt in INVISIBLE.items()},
    }
    found = {}
    for shape, rows in shapes.items():
        with open(folder / "in.csv", "w", encoding="utf-8", newline="") as table:
            csv.writer(table).writerows([["text"], *([row] for row in rows)])
        said = subprocess.run([str(options.program), "classify", "in.csv", "--as", "statements", "--columns",
                               "label,open,conditional,rejecting,none", "--quiet"],
                              cwd=folder, capture_output=True, text=True)
        if said.returncode:
            return f"{shape}: exit {said.returncode}: {said.stderr}"
        found[shape] = said.stdout.splitlines()
    for shape, rows in found.items():
        differ = [i for i, (a, b) in enumerate(zip(rows, found["NFC"], strict=True)) if a != b]
        if differ:
            return f"{shape}: {len(differ)} of {len(texts)} rows differ, the first: {shapes[shape][differ[0] - 1]!r}"
    print(f"unicode: {len(texts)} statements, the same labels and probabilities in {', '.join(shapes)}")
    return None


# Where the JSON of csv-spectrum does not say what its CSV says, nothing can be read as it says: file → column.
CONTRADICTED = {"location_coordinates": "Contact Phone Number"}  # 2095257564 in the CSV, 1234567890 in the JSON


def part_spectrum(options, folder):
    spectrum, wrong, read = Path(options.folder), [], 0
    for path in sorted((spectrum / "csvs").glob("*.csv")):
        expect = json.loads((spectrum / "json" / f"{path.stem}.json").read_text())
        said = subprocess.run(["cargo", "run", "--quiet", "--example", "table_as_json"], cwd=ROOT,
                              stdin=path.open("rb"), capture_output=True, encoding="utf-8", check=False)
        expect = expect if isinstance(expect, list) else [expect]
        found = json.loads(said.stdout) if said.returncode == 0 else None
        if path.stem in CONTRADICTED and found and len(found) == len(expect):
            column = CONTRADICTED[path.stem]
            for one, other in zip(found, expect):
                print(f"spectrum: {path.name} itself has {column} {one.pop(column)}, its JSON {other.pop(column)}")
        if found != expect:
            wrong.append(f"{path.name}: {said.stdout}{said.stderr[-500:]}, not {expect}")
        elif path.stem not in CONTRADICTED:
            read += 1
    print(f"spectrum: {read} files read as their JSON says")
    return "\n".join(wrong) or None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["kill", "errors", "random", "mutate", "unicode", "spectrum"])
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--program", default=ROOT / "target/release/demarche", type=Path)
    parser.add_argument("--budget", type=float, default=300, help="seconds")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shapes", type=int, default=2, help="kill: 1 plain output, 2 also compressed")
    options = parser.parse_args()
    options.program = options.program.resolve()
    if options.part in ("kill", "errors") and not shutil.which("strace"):
        sys.exit("strace is needed")
    if options.part == "spectrum" and not options.folder:
        parser.error("spectrum needs the folder of csv-spectrum")
    with tempfile.TemporaryDirectory(prefix="demarche-faults-") as folder:
        wrong = globals()[f"part_{options.part}"](options, folder)
    if wrong:
        sys.exit(f"{options.part}: {wrong}")


main()
