#!/usr/bin/env bash
# Signals at several moments: the exit code, a last line that says how to continue, nothing published
# in part, and the next run succeeds. .ci/checks/killed.sh tests kill -9 and the full disk.
. "$(dirname "$0")/lib.sh"

attune=$home/attune
"$attune" --help >/dev/null # builds, where that is still to be done
set -m # each in a process group of its own, as a terminal does it; else SIGINT is ignored

mkdir "$work/input"
awk 'BEGIN {
  split("cat dog owl fox hen", animal)
  print "text,animal"
  for (i = 0; i < 4000; i++) {
    printf "The %s looks for number %d", animal[i % 5 + 1], i
    for (w = 0; w < 12; w++) printf " word%d", (i * 7919 + w * w * 104729) % 9973
    printf ",%s\n", animal[i % 5 + 1]
  }
}' >"$work/input/notes.csv"
echo '["cat","dog","owl","fox","hen"]' >"$work/input/taxonomy.json"

# config NAME: makes a directory with a configuration, a ledger and an env file.
config() {
  mkdir "$work/$1"
  cat >"$work/$1/attune.yaml" <<YAML
dataset: animals
task: classification
taxonomy: ../input/taxonomy.json
sources:
  observations: {files: [../input/notes.csv], columns: {text: text, categories: animal}}
duplicates: {near: false}
redact: []
split: {validation: 0.1, by: record, seed: "1"}
output: {directory: datasets, format: gemini}
ledger: {jdbcUrl: "jdbc:h2:file:$work/$1/ledger"}
YAML
}

declare -A codes=([HUP]=129 [INT]=130 [TERM]=143)

# begin COMMAND...: starts a command in its own process group; sets pid to its number.
begin() {
  # A signal that is ignored by the parent of this check would stay ignored.
  env --default-signal=HUP,INT,TERM "$@" >"$work/out" 2>"$work/err" &
  pid=$!
}

# until_true CONDITION...: waits until the condition is true; fails if the process ends before.
until_true() {
  until "$@" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || fail "the command ended before it was interrupted: $(cat "$work/err")"
    sleep 0.02
  done
}

# ends SIGNAL WHAT [SENTENCE]: checks the exit code and the last line.
ends() {
  local code=0
  wait "$pid" || code=$?
  [ "$code" -eq "${codes[$1]}" ] || fail "$2: exit $code after SIG$1: $(tail -n 3 "$work/err")"
  tail -n 1 "$work/err" | grep -q "^Interrupted.*${3:-}.*\.$" ||
    fail "$2: the last line after SIG$1 is: $(tail -n 1 "$work/err")"
}

prepares() { [ -n "$(find "$run" -maxdepth 1 -name '.tmp.*' | head -n 1)" ]; }
says() { grep -q "$1" "$work/err"; }
is_script() { [ "$(cat "/proc/$pid/comm")" = attune ]; }
runs_java() { [ "$(cat "/proc/$pid/comm")" = java ]; }
unpublished() {
  [ -z "$(find "$run" -name manifest.json 2>/dev/null)" ] || fail "$1: a dataset was published"
}

# While ./attune is still a shell script; then as early as Java handles signals, after 0.7 seconds.
config early
mkdir "$work/slow" # the script is over in 40 ms where nothing holds it up
printf '#!/bin/sh\nsleep 1\nexec %s "$@"\n' "$(command -v find)" >"$work/slow/find"
chmod +x "$work/slow/find"
PATH=$work/slow:$PATH begin "$attune" prepare --config "$work/early/attune.yaml"
until_true is_script
sleep 0.3 # until its first lines are read
kill -s TERM "$pid"
ends TERM "before java" "nothing was published"
for signal in HUP INT; do
  begin "$attune" models --config "$work/early/attune.yaml"
  until_true runs_java
  sleep 0.7
  kill -s "$signal" "$pid"
  ends "$signal" "at the start"
done

# While prepare works, with each runner; Ctrl-C goes to the whole group, also through sh.
run=$work/early/datasets/animals
for runner in local direct flink; do
  for signal in TERM INT HUP; do
    rm -rf "$run"
    begin sh -c "'$attune' prepare --json --runner $runner --config '$work/early/attune.yaml'; exit \$?"
    until_true prepares
    # The local runner needs only a second for this input.
    [ "$runner" = local ] || sleep 1
    case $signal in
      INT) kill -s INT -- "-$pid" ;;
      *) kill -s "$signal" "$(pgrep -P "$pid")" ;;
    esac
    ends "$signal" "prepare on $runner" "nothing was published"
    unpublished "prepare on $runner after SIG$signal"
    facts "$work/out" /error/code=INTERRUPTED "/error/exitCode=${codes[$signal]}"
  done
done
# A second Ctrl-C does not wait, and does not change the last line.
rm -rf "$run"
begin "$attune" prepare --runner flink --config "$work/early/attune.yaml"
until_true prepares
kill -s INT "$pid"
kill -s INT "$pid" 2>/dev/null || true
ends INT "a second Ctrl-C" "nothing was published"
unpublished "a second Ctrl-C"
expect_exit 0 "$attune" prepare --config "$work/early/attune.yaml"
[ -z "$(find "$run" -mindepth 1 -name '.tmp*')" ] || fail "temporary files are left"

# A whole run: it is interrupted, continued, and interrupted at the next moment again.
config whole
run=$work/whole/datasets/animals
loop=("$attune" run --config "$work/whole/attune.yaml")
begin "${loop[@]}"
until_true prepares
kill -s HUP "$pid"
ends HUP "run while it prepares" "nothing was published"
unpublished "run while it prepares"
begin "${loop[@]}"
until_true says "^Checking [a-z/]"
kill -s TERM "$pid"
ends TERM "run after prepare"
begin "${loop[@]}"
until_true says " is RUNNING"
kill -s INT "$pid"
ends INT "run while it tunes" "was submitted. attune watch"
[ ! -e "$work/whole/.env" ] || fail "a model was promoted"
expect_exit 0 "${loop[@]}"
grep -q '^FINETUNED_MODEL_ID=local:' "$work/whole/.env" || fail "no model was promoted"
expect_exit 0 "$attune" jobs --json --config "$work/whole/attune.yaml"
[ "$(grep -c '"key":' "$work/out")" -eq 1 ] || fail "an interruption led to another job"

# A closed stdout is not a failure. A result that cannot be written is one, with a sentence.
"$attune" models --config "$work/whole/attune.yaml" 2>"$work/err" | head -n 1 >/dev/null
[ "${PIPESTATUS[0]}" -eq 0 ] && [ ! -s "$work/err" ] ||
  fail "models | head: ${PIPESTATUS[0]} $(cat "$work/err")"
code=0
"$attune" models --config "$work/whole/attune.yaml" >/dev/full 2>"$work/err" || code=$?
[ "$code" -eq 1 ] && tail -n 1 "$work/err" | grep -q 'could not be written to stdout' ||
  fail "a full stdout: exit $code, $(cat "$work/err")"

# Two runs at once in a new directory: both succeed, or the second one says what to do.
config twice
for one in 1 2; do
  (
    code=0
    "$attune" run --config "$work/twice/attune.yaml" >"$work/out-$one" 2>"$work/err-$one" || code=$?
    echo "$code" >"$work/code-$one"
  ) &
done
wait
grep -qx 0 "$work/code-1" "$work/code-2" || fail "none of two runs succeeded: $(cat "$work"/err-*)"
for one in 1 2; do
  case $(cat "$work/code-$one") in
    0) ;;
    3)
      tail -n 1 "$work/err-$one" | grep -q 'this one has changed nothing: run the same command again' ||
        fail "the second of two runs ends with: $(tail -n 1 "$work/err-$one")"
      ;;
    *) fail "one of two runs ends with $(cat "$work/code-$one"): $(cat "$work/err-$one")" ;;
  esac
done
expect_exit 0 "$attune" run --config "$work/twice/attune.yaml"
grep -q '^Nothing new to do' "$work/out" || fail "after two runs at once the work was not complete"
expect_exit 0 "$attune" jobs --json --config "$work/twice/attune.yaml"
[ "$(grep -c '"key":' "$work/out")" -eq 1 ] || fail "two runs at once made more than one job"
