#!/usr/bin/env bash
# Another user of the machine (the user nobody) can neither read the files of attune run nor open its
# ledger, during the run and afterwards.
. "$(dirname "$0")/lib.sh"

[ "$(id -u)" -eq 0 ] || skip "another-user needs root to act as the user nobody"
id nobody >/dev/null 2>&1 || skip "another-user: there is no user nobody"
command -v runuser >/dev/null || skip "another-user needs the command runuser"
as_nobody() {
  (cd / && runuser -u nobody -- "$@")
}

"$home/attune" --help >/dev/null # builds, where that is still to be done

# Directories of the user that others may enter: the files in them must be private themselves.
chmod 755 "$work"
site=$work/site
mkdir "$site" "$site/out" "$site/evaluations" "$site/state"
awk 'BEGIN {
  for (i = 1; i <= 15000; i++) {
    printf "{\"id\":\"o-%d\",\"child\":\"c-%d\",\"note\":\"", i, i % 977
    for (w = 0; w < 30; w++) printf "word%d ", (i * 7919 + w * w * 104729) % 9973
    printf "about %s, note %d.\",\"domains\":\"%s\"}\n", i % 3 ? "sums" : "pens", i, \
      i % 3 ? "number" : "writing"
  }
}' >"$site/observations.jsonl"
echo '["number","writing"]' >"$site/taxonomy.json"
cat >"$site/attune.yaml" <<YAML
dataset: notes
task: classification
taxonomy: taxonomy.json
sources:
  observations:
    files: [observations.jsonl]
    columns: {id: id, group: child, text: note, categories: domains}
duplicates: {near: false}
redact: []
output: {directory: out}
tuning: {epochs: 1}
ledger: {jdbcUrl: "jdbc:h2:file:state/ledger"}
YAML
chmod -R a+rX "$site"

# Attune's classes in a place that the user nobody can read.
mkdir "$work/classes"
cp "$home"/launcher/target/attune-launcher-*.jar "$home"/launcher/target/lib/*.jar "$work/classes"
javac -d "$work/classes" "$home/.ci/checks/LedgerIntruder.java"
chmod -R a+rX "$work/classes"
as_nobody cat "$site/attune.yaml" >/dev/null ||
  skip "another-user: the user nobody cannot enter the directory of temporary files"

# try COMMAND PASSWORD...: connects to the ledger that a process has open, with the key and the port
# from its lock file, which the user nobody cannot read.
try() {
  local as=$1 server id
  shift
  server=$(sed -n 's/^server=//p' "$site/state/ledger.lock.db" | tr -d '\\')
  id=$(sed -n 's/^id=//p' "$site/state/ledger.lock.db")
  $as java -cp "$work/classes:$work/classes/*" LedgerIntruder \
    "jdbc:h2:tcp://127.0.0.1:${server##*:}/$id" "$@"
}

# expect_unreadable WHEN COUNT: fails if the user nobody can read one of the more than COUNT files.
expect_unreadable() {
  local files readable open
  mapfile -t files < <(find "$site" -type f ! -path "$site/observations.jsonl" \
    ! -path "$site/taxonomy.json" ! -path "$site/attune.yaml")
  [ "${#files[@]}" -gt "$2" ] || fail "$1: there are only ${#files[@]} files"
  readable=$(as_nobody sh -c \
    'for file; do if cat "$file" >/dev/null 2>&1; then echo "$file"; fi; done' sh "${files[@]}")
  [ -z "$readable" ] || fail "$1: the user nobody can read $readable"
  open=$(find "${files[@]}" -perm /077 ! -path '*/.tmp.*' 2>/dev/null || true)
  [ -z "$open" ] || fail "$1: other users have rights on $open"
}

# expect_refused SENTENCE: the user nobody uses the same configuration and is refused.
expect_refused() {
  expect_exit 3 env -C / runuser -u nobody -- java -cp "$work/classes:$work/classes/*" \
    dev.attune.launcher.Main models --config "$site/attune.yaml"
  tail -n 1 "$work/err" | grep -q "$1" ||
    fail "the message does not name the owner of the ledger: $(tail -n 1 "$work/err")"
}
theirs="state/ledger.mv.db is used by root, and this is nobody: .*PostgreSQL"

"$home/attune" run --config "$site/attune.yaml" >"$work/run.out" 2>"$work/run.err" &
run=$!
trap 'kill "$run" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 600); do
  ! grep -q '^server=' "$site/state/ledger.lock.db" 2>/dev/null || break
  sleep 0.1
done
result=$(try as_nobody '' sa password)
[ "$result" = refused ] || fail "the user nobody at the port of the open ledger: $result"
expect_unreadable "while it runs" 2
expect_refused "$theirs"
# The same connection succeeds with the password, so it was refused because of the password.
result=$(try env "$(cat "$site/state/ledger.password")")
[ "$result" = open ] || fail "root with the password at the port of the open ledger: $result"
kill -0 "$run" 2>/dev/null || fail "the run ended before the check did"

code=0
wait "$run" || code=$?
trap 'rm -rf "$work"' EXIT
[ "$code" -eq 0 ] || fail "attune run ended with $code: $(tail -n 1 "$work/run.err")"
grep -q '^FINETUNED_MODEL_ID=' "$site/.env" || fail "the run promoted nothing"
expect_unreadable "after it ran" 12
expect_refused "$theirs"
chmod 700 "$site/state"
expect_refused 'may not enter the folder of the ledger .*PostgreSQL'
chmod 755 "$site/state"

# An older installation: files that every user could read become private at the next opening.
chmod 644 "$site/state/ledger.mv.db" "$site/state/ledger.password"
chmod 755 "$site/state/ledger.files"
expect_exit 0 "$home/attune" models --config "$site/attune.yaml"
expect_unreadable "after the next opening" 12

# Only a shared dataset is readable.
sed 's/^output:.*/output: {directory: shared, mode: shared}/' "$site/attune.yaml" >"$site/shared.yaml"
expect_exit 0 "$home/attune" prepare --limit 50 --config "$site/shared.yaml"
as_nobody cat "$site"/shared/notes/*/train.jsonl >/dev/null || fail "the user nobody cannot read a shared dataset"
rm -r "$site/shared" "$site/shared.yaml"
expect_unreadable "beside a shared dataset" 12

echo "another-user: no file was readable and no ledger could be opened, during the run and after"
