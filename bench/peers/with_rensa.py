"""Prints the ids of the texts that rensa finds to be near an earlier one.

rensa hashes tokens in Rust; the word 3-grams are made here, as its users must do. Candidates are
not verified. Usage: with_rensa.py TEXTS.jsonl THRESHOLD
"""

import json
import sys

from rensa import RMinHashDeduplicator


def shingles(text):
    words = text.lower().split()
    return [" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))]


def main(texts, threshold):
    with open(texts, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    finder = RMinHashDeduplicator(threshold=float(threshold), num_perm=128, use_lsh=True)
    keep = finder.add_pairs((record["id"], shingles(record["text"])) for record in records)
    for record, kept in zip(records, keep):
        if not kept:
            print(record["id"])


main(*sys.argv[1:])
