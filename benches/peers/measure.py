#!/usr/bin/env python3
"""Runs demarche and the peers in turn, each pinned to one core, and prints the table. Called by run.sh."""
import os
import re
import statistics
import subprocess
import sys
from importlib import metadata

HERE = os.path.dirname(os.path.abspath(__file__))


def timed(command):
    """Seconds and peak memory in MB of one run on one core."""
    pinned = ["taskset", "-c", "0", *command]
    process = subprocess.Popen(pinned, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    own = re.search(r"seconds ([0-9.]+) cpu ([0-9.]+)", out or "")
    cpu = usage.ru_utime + usage.ru_stime
    # vw and fasttext are measured inside, without the interpreter's start and the preparation of their files.
    if own and any(name in command for name in ("vw", "fasttext")):
        cpu = float(own.group(2))
    return cpu, usage.ru_maxrss / 1024


def main(demarche, python, place, rounds):
    peers = os.path.join(HERE, "peers.py")
    train, score = f"{place}/train.csv", f"{place}/score.csv"
    plain = ["--no-cues", "--folds", "0", "--quiet"]
    jobs = {"train": {"demarche": [demarche, "train", train, "-o", f"{place}/demarche.model", *plain]}}
    for name in ("sklearn", "sklearn-stem", "linearsvc", "liblinear", "vw", "fasttext"):
        jobs["train"][name] = [python, peers, "train", name, train, f"{place}/{name}.model"]
    jobs["score"] = {
        "demarche": [demarche, "classify", score, "--as", "statements", "-m", f"{place}/demarche.model",
                     "--threads", "1", "--quiet", "-o", f"{place}/demarche.csv"],
    }
    for name in ("sklearn", "sklearn-stem", "vw", "fasttext"):
        jobs["score"][name] = [python, peers, "score", name, score, f"{place}/{name}.model", f"{place}/{name}.csv"]
    for verb, commands in jobs.items():
        figures = {name: [] for name in commands}
        for _ in range(int(rounds)):
            for name, command in commands.items():
                figures[name].append(timed(command))
        size = os.path.getsize(train if verb == "train" else score) / 1e6
        base = statistics.median(cpu for cpu, _ in figures["demarche"])
        print(f"\n{verb}, {size:.0f} MB of CSV, one core, median of {rounds} runs in turn")
        print(f"{'program':<14} {'CPU s':>9} {'MB/s':>8} {'times demarche':>15} {'peak MB':>9}")
        for name, runs in figures.items():
            cpu = statistics.median(c for c, _ in runs)
            peak = max(m for _, m in runs)
            print(f"{name:<14} {cpu:>9.2f} {size / cpu:>8.1f} {cpu / base:>15.2f} {peak:>9.0f}")
    names = ("scikit-learn", "PyStemmer", "vowpalwabbit", "fasttext-wheel", "liblinear-official")
    print("\nversions:", ", ".join(f"{n} {metadata.version(n)}" for n in names))


if __name__ == "__main__":
    main(*sys.argv[1:])
