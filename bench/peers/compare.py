"""Measures Attune and its peers on the same texts; prints a Markdown table.

Each program runs alone, once on all texts and once on a sample, in which all pairs are compared
exactly. CPU seconds are those of the program and its children. A program is stopped after 15 minutes,
or ATTUNE_PEERS_MINUTES. Usage: compare.py FOLDER RECORDS [PROGRAM...]
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
THRESHOLD = 0.8
SAMPLE = 20_000
MINUTES = float(os.environ.get("ATTUNE_PEERS_MINUTES", "15"))
CONFIG = """dataset: peers
task: classification
systemInstruction: Name the category.
sources: {{observations: {{files: ["texts/*.jsonl"], columns: {{id: id, text: text, categories: category}}}}}}
taxonomy: taxonomy.json
redact: []
duplicates: {{near: {near}}}
limits: {{tokens: 8000, trainingBytes: 100000000000, trainingExamples: 1000000000}}
output: {{directory: datasets, format: gemini}}
"""


def measure(command, folder):
    """Runs a command; returns seconds, CPU seconds and what it printed, or None after the limit."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    out = folder / "out.txt"
    with open(out, "w") as target, open(folder / "err.txt", "w") as errors:
        # A session of its own, so that its children end with it.
        process = subprocess.Popen(
            command, cwd=folder, stdout=target, stderr=errors, start_new_session=True
        )
        try:
            code = process.wait(timeout=60 * MINUTES)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    if code != 0:
        raise subprocess.CalledProcessError(code, command)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, out.read_text()


def generated_texts(folder, records):
    """Returns the texts of generated records, each different from all others."""
    source = folder / f"records-{records}"
    if not source.exists():
        java = ["bench/java", "generator.GenerateRecords", str(source)]
        options = ["--records", str(records), "--near", "--raise-limits"]
        environment = {**os.environ, "ATTUNE_BENCH_BUILT": "yes"}
        subprocess.run(java + options, cwd=ROOT, env=environment, check=True)
    texts = {}
    for name in sorted(source.glob("*/*.jsonl")):
        for line in name.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            text = record.get("note") or record.get("prompt") if isinstance(record, dict) else None
            if isinstance(text, str) and len(text) < 100_000 and len(text.split()) > 2:
                texts.setdefault(" ".join(text.lower().split()), text)
    return list(texts.values())


def write(folder, texts):
    """Writes the input of all programs."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "texts").mkdir(parents=True)
    with open(folder / "texts" / "texts.jsonl", "w", encoding="utf-8") as lines:
        for number, text in enumerate(texts):
            record = {"id": str(number), "text": text, "category": "any"}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    (folder / "taxonomy.json").write_text(
        '{"categories": [{"id": "any", "name": "Any"}, {"id": "other", "name": "Other"}]}'
    )
    for near in ("true", "false"):
        (folder / f"near-{near}.yaml").write_text(CONFIG.format(near=near))


def removed_by_attune(folder):
    lines = next(folder.glob("datasets/peers/*/rejected.jsonl")).read_text().splitlines()
    rejected = [json.loads(line) for line in lines]
    return {r["id"].partition(":")[2] for r in rejected if r["reason"] == "NEAR_DUPLICATE"}


def programs(peers, folder):
    """Yields a name, a command, and how to get the ids of the removed texts."""
    jars = ":".join(
        str(next(ROOT.glob(pattern)))
        for pattern in ("bench/target/attune-bench-*.jar", "launcher/target/attune-launcher-*.jar")
    )
    limit = ["java", "-XX:+UseParallelGC", "-cp", f"{jars}:{ROOT}/bench/target/lib/*"]
    limit += ["dev.attune.bench.limit.LimitProgram", "--output", "limit", "--config"]
    printed = lambda output: set(output.split())
    yield "attune prepare", [
        str(ROOT / "attune"), "prepare", "--config", "near-true.yaml", "--run-id", "near"
    ], lambda output: removed_by_attune(folder)
    yield "limit program, near", limit + ["near-true.yaml"], None
    yield "limit program, not near", limit + ["near-false.yaml"], None
    texts = str(folder / "texts" / "texts.jsonl")
    yield "rensa", [
        str(peers / "rensa/bin/python"), str(HERE / "with_rensa.py"), texts, str(THRESHOLD)
    ], printed
    yield "text-dedup", [
        str(peers / "text-dedup/bin/python"), "-m", "text_dedup.minhash",
        "--path", "json", "--data_files", texts, "--split", "train", "--cache_dir", "cache",
        "--output", "kept", "--column", "text", "--idx_column", "id", "--ngram", "3",
        "--min_length", "1", "--num_perm", "128", "--threshold", str(THRESHOLD), "--num_proc", "2",
        "--hash_func", "xxh3",
    ], lambda output: None
    yield "datatrove", [
        str(peers / "datatrove/bin/python"), str(HERE / "with_datatrove.py"),
        str(folder / "datatrove"), str(folder / "texts"),
    ], printed


def shingles(text):
    words = text.lower().split()
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


def near_pairs(texts):
    """Returns all pairs at or above the threshold, compared exactly."""
    sets = [shingles(text) for text in texts]
    postings = defaultdict(list)
    pairs = set()
    for number, own in enumerate(sets):
        shared = Counter(other for shingle in own for other in postings[shingle])
        for other, count in shared.items():
            if count >= THRESHOLD * (len(own) + len(sets[other]) - count):
                pairs.add((str(other), str(number)))
        for shingle in own:
            postings[shingle].append(number)
    return pairs


def kept_by_text_dedup(folder, peers):
    """Reads the ids that text-dedup kept, with its own library."""
    code = "import datasets; print(*datasets.load_from_disk('kept')['id'])"
    command = [str(peers / "text-dedup/bin/python"), "-c", code]
    return set(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.split())


def main(peers, records, *names):
    texts = generated_texts(peers, int(records))
    size = sum(len(text.encode()) for text in texts) / 1e6
    sample = random.Random(1).sample(texts, min(SAMPLE, len(texts)))
    pairs = near_pairs(sample)
    print(f"{len(texts)} texts, {size:.0f} MB; sample of {len(sample)} with {len(pairs)} near pairs")
    print("| program | wall s | CPU s | near pairs of the sample found | removed of the sample |")
    print("|---|---:|---:|---:|---:|")
    for number, (name, _, _) in enumerate(programs(peers, peers)):
        if names and name.split(",")[0].split()[0] not in names:
            continue
        found, gone = "", ""
        figures = None
        for folder, input_texts in ((peers / "all", texts), (peers / "sample", sample)):
            write(folder, input_texts)
            _, command, ids = list(programs(peers, folder))[number]
            measured = measure(command, folder)
            if measured is None:
                break
            wall, cpu, output = measured
            figures = figures or (wall, cpu)
            if ids is None:
                break
            removed = ids(output)
        if measured is None:
            which = "all texts" if figures is None else "the sample"
            print(f"| {name} | not ended within {MINUTES:g} minutes on {which} | | | |", flush=True)
            continue
        if ids is not None:
            if removed is None:
                removed = {str(i) for i in range(len(sample))} - kept_by_text_dedup(folder, peers)
            hit = sum(first in removed or second in removed for first, second in pairs)
            found, gone = f"{hit} of {len(pairs)}", str(len(removed))
        print(f"| {name} | {figures[0]:.1f} | {figures[1]:.1f} | {found} | {gone} |", flush=True)


main(Path(sys.argv[1]), *sys.argv[2:])
