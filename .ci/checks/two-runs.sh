#!/usr/bin/env bash
# attune run as a scheduler calls it: beside one that works another says so and ends with 0, and has
# done nothing. After kill -9 of the first, the next one continues at once.
. "$(dirname "$0")/lib.sh"

attune=$home/attune
"$attune" --help >/dev/null # builds, where that is still to be done

{
  echo text,animal
  awk 'BEGIN {
    split("cat dog owl fox hen", animals, " ")
    for (i = 0; i < 20000; i++) {
      printf "The %s sleeps on day %d of year %d beside word%d,%s\n", animals[i % 5 + 1], i, i % 977, (i * 7919) % 9973, animals[i % 5 + 1]
    }
  }'
} >"$work/notes.csv"
echo '["cat","dog","owl","fox","hen"]' >"$work/taxonomy.json"
cat >"$work/attune.yaml" <<'YAML'
dataset: animals
task: classification
taxonomy: taxonomy.json
sources:
  observations: {files: [notes.csv], columns: {text: text, categories: animal}}
duplicates: {near: false}
output: {directory: datasets, format: gemini}
ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
promotion: {envFile: .env}
YAML

cd "$work"
"$attune" run >first.out 2>first.err &
first=$!
# The second one, until the first has its turn.
found=
for _ in $(seq 30); do
  if ! kill -0 "$first" 2>/dev/null; then break; fi
  [ -e ledger.mv.db ] || { sleep 0.2; continue; }
  expect_exit 0 "$attune" run
  if grep -q "Another attune run of animals is in progress: process $first on " out; then
    found=yes
    break
  fi
done
[ -n "$found" ] || { cat first.out first.err >&2; fail "no run was found beside the first one"; }
kill -s KILL "$first"
wait "$first" 2>/dev/null || true
[ ! -e .env ] || fail "the first run was done before it was killed"

started=$SECONDS
expect_exit 0 "$attune" run
[ -e .env ] || fail "the next run did not continue"
! grep -q 'Waiting at most' err || fail "the next run waited for a process that was killed here"
[ "$("$attune" jobs | grep -c '^[0-9a-f]\{12\}-')" = 1 ] || fail "more than one job: $("$attune" jobs)"
echo "two runs: one beside another, and one after kill -9 ($((SECONDS - started)) s)"
