#!/usr/bin/env python3
"""Checks the labels against the novels and the cast: python3 check.py FOLDER_OF_THE_NOVELS

Every place's text has the digest that is written, every label's text stands at its offset as whole words and lies in its
place, and every container is in the cast file. Prints what is wrong; the exit code is the number of faults.
"""
import hashlib
import os
import re
import sys

sys.dont_write_bytecode = True
from sample import NOVELS

HERE = os.path.dirname(os.path.abspath(__file__))
FORMS = {"full", "given", "family", "honorific", "alias", "plural", "other", "shared", "outside"}


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        head, *lines = f.read().splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"))) for line in lines]


def cast(novel):
    ids = set()
    for name in ("characters.yaml", "places.yaml"):
        with open(os.path.join(HERE, "..", "novels", novel, name), encoding="utf-8") as f:
            ids.update(re.findall(r"^  - id: (\S+)$", f.read(), re.M))
    return ids


def cut(units, row):
    start = 2 * int(row["offset"])
    return units[start:start + 2 * int(row["length"])].decode("utf-16-le")


def main():
    faults = []
    for novel, name in NOVELS.items():
        with open(os.path.join(sys.argv[1], name), encoding="utf-8", newline="") as f:
            units = f.read().encode("utf-16-le")
        ids, places, last = cast(novel), {}, 0
        for row in rows(f"{novel}.places.tsv"):
            places[row["place"]] = (int(row["offset"]), int(row["offset"]) + int(row["length"]))
            if hashlib.sha256(cut(units, row).encode()).hexdigest()[:12] != row["sha256"]:
                faults.append(f"{row['place']}: another text")
        for row in rows(f"{novel}.labels.tsv"):
            start, end = int(row["offset"]), int(row["offset"]) + int(row["length"])
            around = units[2 * start - 2:2 * end + 2].decode("utf-16-le")
            inside = places[row["place"]][0] <= start and end <= places[row["place"]][1]
            known = all(c == "-" or c in ids for c in row["container"].split("|"))
            right = (cut(units, row) == row["text"] and not around[0].isalnum() and not around[-1].isalnum() and inside
                     and known and row["form"] in FORMS and row["expected"] in ("yes", "no", "either") and start >= last)
            if not right:
                faults.append(f"{row['place']} {row['offset']}: {row['text']}")
            last = end
    print("\n".join(faults) or "No faults.")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
