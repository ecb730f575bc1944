"""Prints the ids of the texts that datatrove removes as near duplicates, with two workers.

The four steps that datatrove's documentation gives for MinHash. 3 hashes in each of 9 buckets find
a pair with a similarity of 0.8 with a probability of 0.998. Candidates are not verified.
Usage: with_datatrove.py FOLDER FOLDER_OF_TEXTS
"""

import glob
import gzip
import json
import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

WORKERS = 2


def run(folder, step, tasks, workers, *pipeline):
    LocalPipelineExecutor(
        pipeline=list(pipeline), tasks=tasks, workers=workers, logging_dir=f"{folder}/logs/{step}"
    ).run()


def main(folder, texts):
    config = MinhashConfig(n_grams=3, num_buckets=9, hashes_per_bucket=3)
    reader = JsonlReader(texts, glob_pattern="*.jsonl")
    signatures, buckets, removed = (f"{folder}/{name}" for name in ("signatures", "buckets", "ids"))
    run(folder, "sign", WORKERS, WORKERS, reader, MinhashDedupSignature(signatures, config))
    run(folder, "match", 9, WORKERS, MinhashDedupBuckets(signatures, buckets, config=config))
    run(folder, "cluster", 1, 1, MinhashDedupCluster(buckets, removed, config=config))
    gone = JsonlWriter(f"{folder}/removed")
    filtered = MinhashDedupFilter(removed, exclusion_writer=gone)
    run(folder, "filter", WORKERS, WORKERS, reader, filtered)
    for name in glob.glob(f"{folder}/removed/*.gz"):
        with gzip.open(name, "rt", encoding="utf-8") as lines:
            for line in lines:
                print(json.loads(line)["id"])


if __name__ == "__main__":
    main(*sys.argv[1:])
