#!/usr/bin/env bash
# A run that is killed or interrupted, or that fills the disk, publishes nothing. The next run with the
# same id succeeds with the same bytes and leaves no temporary files.
. "$(dirname "$0")/lib.sh"

attune=$home/attune
"$attune" --help >/dev/null # builds, where that is still to be done

# 60,000 observations of a few hundred bytes each, so that a run takes some seconds.
mkdir "$work/input"
awk 'BEGIN {
  for (i = 1; i <= 60000; i++) {
    printf "{\"id\":\"o-%d\",\"child\":\"c-%d\",\"note\":\"", i, i % 977
    for (w = 0; w < 40; w++) printf "word%d ", (i * 7919 + w * w * 104729) % 9973
    printf "end of note %d.\",\"domains\":\"%s\"}\n", i, i % 3 ? "number" : "writing"
  }
}' >"$work/input/observations.jsonl"
echo '["number","writing"]' >"$work/input/taxonomy.json"

# config DIRECTORY FILE: the same configuration for every output folder, so the same run id.
config() {
  cat >"$2" <<YAML
dataset: killed
task: classification
taxonomy: input/taxonomy.json
sources:
  observations:
    files: [input/observations.jsonl]
    columns: {id: id, group: child, text: note, categories: domains}
duplicates: {near: false}
redact: []
output: {directory: $1}
YAML
}

hashes() {
  (cd "$1" && sha256sum train.jsonl valid.jsonl lineage.jsonl rejected.jsonl)
}

config whole "$work/whole.yaml"
expect_exit 0 "$attune" prepare --run-id one --config "$work/whole.yaml"
hashes "$work/whole/killed/one" >"$work/expected"

config broken "$work/broken.yaml"
run=$work/broken/killed

# expect_nothing WHAT: fails if there is a manifest and therefore a dataset.
expect_nothing() {
  [ ! -e "$run/one/manifest.json" ] || fail "$1: a manifest was published"
}

# expect_recovery WHAT: the next run succeeds with the bytes of an undisturbed run and no other files.
expect_recovery() {
  expect_exit 0 "$attune" prepare --run-id one --config "$work/broken.yaml"
  hashes "$run/one" | cmp -s - "$work/expected" || fail "$1: the next run made other bytes"
  stray=$(find "$run" -mindepth 1 -name '.tmp*')
  [ -z "$stray" ] || fail "$1: temporary files are left: $stray"
  rm -rf "$run"
}

# Killed at several moments: while files are measured, read and grouped, and while parts are written.
set -m # or what runs in the background is deaf to interrupts
hit=0
for seconds in 0.8 1.6 2.4 3.2 4.8; do
  for signal in KILL INT; do
    rm -rf "$run"
    "$attune" prepare --run-id one --config "$work/broken.yaml" >"$work/out" 2>"$work/err" &
    pid=$!
    sleep "$seconds"
    kill -s "$signal" "$pid" 2>/dev/null || true
    code=0
    wait "$pid" 2>/dev/null || code=$?
    if [ "$code" -ne 0 ]; then
      expect_nothing "$signal after $seconds s"
      hit=$((hit + 1))
    fi
    [ "$seconds" != 2.4 ] || [ "$code" -eq 0 ] || expect_recovery "$signal after $seconds s"
  done
done
# The killed run left temporary files, and the next run removed them.
until [ -n "$(find "$run" -path '*/.tmp.one.*/lines-*' 2>/dev/null | head -n 1)" ]; do
  rm -rf "$run"
  "$attune" prepare --run-id one --config "$work/broken.yaml" >"$work/out" 2>"$work/err" &
  pid=$!
  for _ in $(seq 600); do
    [ -z "$(find "$run" -path '*/.tmp.one.*/lines-*' 2>/dev/null | head -n 1)" ] || break
    sleep 0.05
  done
  kill -s KILL "$pid" 2>/dev/null || fail "the run ended before it could be killed"
  wait "$pid" 2>/dev/null || true
done
expect_nothing "KILL while parts are written"
expect_recovery "KILL while parts are written"
[ "$hit" -ge 4 ] || fail "only $hit of the runs were killed before they ended"

# A full disk: a file system of 8 MB, for about 40 MB of parts.
mkdir "$work/full"
if mount -t tmpfs -o size=8m tmpfs "$work/full" 2>/dev/null; then
  trap 'umount "$work/full" 2>/dev/null || true; rm -rf "$work"' EXIT
  config full "$work/full.yaml"
  expect_exit 1 "$attune" prepare --run-id one --config "$work/full.yaml"
  [ ! -e "$work/full/killed/one/manifest.json" ] || fail "disk full: a manifest was published"
  tail -n 1 "$work/err" | grep -qi 'disk.*full\|no space' ||
    fail "disk full: the last line does not say so: $(tail -n 1 "$work/err")"
  mount -o remount,size=400m "$work/full"
  expect_exit 0 "$attune" prepare --run-id one --config "$work/full.yaml"
  hashes "$work/full/killed/one" | cmp -s - "$work/expected" || fail "disk full: other bytes"
  [ -z "$(find "$work/full/killed" -name '.tmp*')" ] || fail "disk full: temporary files are left"
  umount "$work/full"
  full="and a full disk"
else
  full="(no full disk: this user may not mount one)"
fi
echo "killed: $hit runs were killed or interrupted, $full; nothing was published, the next run succeeded"
