#!/usr/bin/env python3
"""Makes a large table of labelled statements from a small one, the same on every machine.

usage: generate.py SOURCE.csv ROWS OUT.csv [SEED]

Each row is a statement of SOURCE with a run of words of another one put in at a random place, under the first one's
label: about 210 bytes a row. Python's Mersenne Twister is seeded, so that the bytes depend on SOURCE, ROWS and SEED.
"""
import csv
import random
import sys


def main(source, rows, out, seed="1"):
    with open(source, encoding="utf-8", newline="") as file:
        statements = [(row["text"], row["label"]) for row in csv.DictReader(file)]
    words = [text.split() for text, _ in statements]
    choose = random.Random(int(seed))
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "text", "label"])
        for number in range(int(rows)):
            text, label = statements[choose.randrange(len(statements))]
            other = words[choose.randrange(len(words))]
            own = text.split()
            place, start = choose.randrange(len(own) + 1), choose.randrange(len(other))
            own[place:place] = other[start : start + choose.randrange(1, 20)]
            writer.writerow([number, " ".join(own), label])


if __name__ == "__main__":
    main(*sys.argv[1:])
