#!/usr/bin/env python3
"""Runs demarche and the peers in turn, each pinned to one core, and prints the tables. Called by run.sh.

usage: measure.py DEMARCHE PYTHON FOLDER ROUNDS      (FOLDER has train.csv and score.csv)
"""
import csv
import os
import platform
import re
import statistics
import subprocess
import sys
from importlib import metadata

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ("sklearn-stem", "sklearn", "linearsvc", "liblinear", "fasttext", "vw")
SCORING = ("sklearn-stem", "sklearn", "fasttext", "vw")
COLUMNS = "label,open,conditional,rejecting,none"
VW = {"1": "open", "2": "conditional", "3": "rejecting", "4": "none"}


def timed(command):
    """Wall seconds, CPU seconds and peak memory in MB of one run on one core; a peer's own clock counts if it has one."""
    start = os.times().elapsed
    process = subprocess.Popen(["taskset", "-c", "0", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}\n{errors}")
    wall, cpu = os.times().elapsed - start, usage.ru_utime + usage.ru_stime
    if own := re.search(r"seconds ([0-9.]+) cpu ([0-9.]+)", out):
        wall, cpu = map(float, own.groups())
    return wall, cpu, usage.ru_maxrss / 1024


def rounds_of(commands, rounds):
    """All runs of every command: the first of each, the second of each, and so on."""
    runs = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            runs[name].append(timed(command))
            print(f"  round {number + 1}: {name} {runs[name][-1][0]:.2f} s", file=sys.stderr, flush=True)
    return runs


def table(title, runs, size, which):
    """`which`: 0 compares wall time, 1 CPU time."""
    clock = ("wall s", "CPU s")[which]
    print(f"\n{title}\n{'program':<14} {clock:>9} {'MB/s':>8} {'times demarche':>15} {'peak MB':>9}")
    base = statistics.median(run[which] for run in runs["demarche"])
    for name, figures in runs.items():
        seconds = statistics.median(run[which] for run in figures)
        peak = max(run[2] for run in figures)
        print(f"{name:<14} {seconds:>9.2f} {size / seconds:>8.1f} {seconds / base:>15.2f} {peak:>9.0f}")
    sys.stdout.flush()


def accuracy(name, path, truth):
    with open(path, encoding="utf-8", newline="") as file:
        if name == "vw":
            found = (VW.get(line.split()[0]) for line in file)
        elif name == "fasttext":
            found = (line.split()[0].removeprefix("__label__") for line in file)
        else:
            found = (row["label"] for row in csv.DictReader(file))
        return sum(a == b for a, b in zip(found, truth, strict=True)) / len(truth)


def main(demarche, python, folder, rounds):
    train, score, rounds = f"{folder}/train.csv", f"{folder}/score.csv", int(rounds)
    peers, model = os.path.join(HERE, "peers.py"), f"{folder}/demarche.model"
    own = {"demarche": [demarche, "train", train, "-o", model, "--no-cues", "--folds", "0", "--quiet"]}
    own_svm = {"demarche svm": [*own["demarche"], "--estimator", "svm", "--cost", "1"]}
    own_svm["demarche svm"][4] = f"{folder}/demarche-svm.model"
    theirs = {name: [python, peers, "train", name, train, f"{folder}/{name}.model"] for name in PEERS}
    size = os.path.getsize(train) / 1e6
    runs = rounds_of(own | own_svm | theirs, rounds)
    table(f"train, {size:.0f} MB of CSV, one core, median wall time of {rounds} in turn", runs, size, 0)

    classify = [demarche, "classify", score, "--as", "statements", "--threads", "1", "--quiet", "--columns", COLUMNS]
    commands = {"demarche": [*classify, "-m", model, "-o", f"{folder}/demarche.csv"]}
    for name in SCORING:
        commands[name] = [python, peers, "score", name, score, f"{folder}/{name}.model", f"{folder}/{name}.csv"]
    commands["demarche cues"] = [*classify, "-o", f"{folder}/demarche-cues.csv"]
    size = os.path.getsize(score) / 1e6
    runs = rounds_of(commands, rounds)
    table(f"score, {size:.0f} MB of CSV, one core, median CPU time of {rounds} in turn", runs, size, 1)

    with open(score, encoding="utf-8", newline="") as file:
        truth = [row["label"] for row in csv.DictReader(file)]
    print(f"\naccuracy on the {len(truth)} scored rows")
    for name in ("demarche", *SCORING):
        print(f"{name:<14} {accuracy(name, f'{folder}/{name}.csv', truth):.4f}")
    packages = ("scikit-learn", "PyStemmer", "vowpalwabbit", "fasttext-wheel", "liblinear-official", "numpy")
    versions = [f"{name} {metadata.version(name)}" for name in packages]
    own_version = subprocess.run([demarche, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"\nversions: {own_version}, {', '.join(versions)}, Python {platform.python_version()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
