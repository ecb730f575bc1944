#!/usr/bin/env bash
# attune improve is killed while it asks a model, and goes on: no request is sent twice but those
# that were under way, and the files are those of a command that nothing disturbed. prepare reads
# them.
. "$(dirname "$0")/lib.sh"

attune=$home/attune
"$attune" --help >/dev/null # builds, where that is still to be done

rows=120
parallelism=3

java "$home/.ci/checks/CountingModel.java" "$work/log" >"$work/url" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  [ ! -s "$work/url" ] || break
  sleep 0.1
done
[ -s "$work/url" ] || fail "the server did not start"

# project DIRECTORY: a table of low-rated answers and a configuration.
project() {
  mkdir "$1"
  feedback_table "$1" "SELECT x AS id, 'Question ' || x || '?' AS prompt,
      'Answer ' || x AS response, 1 AS rating, 'Say why' AS comment
    FROM SYSTEM_RANGE(1, $rows)"
  cat >"$1/attune.yaml" <<YAML
dataset: improved
task: conversation
sources:
  feedback:
    jdbcUrl: jdbc:h2:./feedback
    username: sa
    table: answers
    columns: {id: id, prompt: prompt, response: response, rating: rating, comment: comment}
    improvements: improvements/*.jsonl
models:
  writer: {provider: openai, baseUrl: "$(cat "$work/url")", model: m, parallelism: $parallelism, requestsPerMinute: 100000}
improvement: {model: writer}
duplicates: {near: false}
output: {directory: datasets}
ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
YAML
}

asked() {
  if [ -e "$work/log" ]; then wc -l <"$work/log"; else echo 0; fi
}

project "$work/whole"
: >"$work/log"
expect_exit 0 "$attune" improve --config "$work/whole/attune.yaml"
[ "$(asked)" -eq "$rows" ] || fail "$(asked) requests instead of $rows"

project "$work/killed"
: >"$work/log"
set -m
kills=0
for least in 10 50 90; do
  "$attune" improve --config "$work/killed/attune.yaml" >"$work/out" 2>"$work/err" &
  pid=$!
  for _ in $(seq 600); do
    [ "$(asked)" -lt "$least" ] || break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  if kill -KILL -- "-$pid" 2>/dev/null; then kills=$((kills + 1)); fi
  wait "$pid" 2>/dev/null || true
  [ -z "$(find "$work/killed/improvements" -name '*.jsonl' 2>/dev/null)" ] ||
    fail "a killed command wrote improvements"
done
[ "$kills" -eq 3 ] || fail "only $kills of 3 commands were killed"
expect_exit 0 "$attune" improve --config "$work/killed/attune.yaml"

distinct=$(sort -u "$work/log" | wc -l)
again=$(($(asked) - distinct))
[ "$distinct" -eq "$rows" ] || fail "$distinct different requests instead of $rows"
[ "$again" -le $((kills * parallelism)) ] || fail "$again requests were sent again"
diff -r "$work/whole/improvements" "$work/killed/improvements" || fail "the files differ"

before=$(asked)
expect_exit 0 "$attune" improve --config "$work/killed/attune.yaml"
grep -q '^Nothing new to do: ' "$work/out" || fail "the last command found something new"
[ "$(asked)" -eq "$before" ] || fail "the last command asked"
expect_exit 0 "$attune" prepare --run-id one --config "$work/killed/attune.yaml"
facts "$work/killed/datasets/improved/one/manifest.json" "/improvements/used=$rows"

echo "$rows rows improved, $kills commands killed, $again requests sent again"
