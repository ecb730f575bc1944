#!/usr/bin/env bash
# A new user's first minutes: a fresh clone, ./attune demo, and its output in README.md; then the demo
# again; then the demo killed in the second act. With the argument "update" it writes the demo's
# output into README.md instead of comparing.
. "$(dirname "$0")/lib.sh"

# Prints the demo's output without the times.
without_times() {
  sed -E 's/ records read in .*/ records read/' "$1"
}

# Prints the block of README.md that begins with the first act.
shown() {
  sed -n '/^Act 1 of 2/,/^```$/p' "$1" | sed '$d'
}

sample=$home/../shared/data/banking77
if [ -d "$sample" ]; then
  ATTUNE_BENCH_BUILT=yes "$home/bench/sample" "$sample" "$work/made"
  (cd "$work/made" && find . -type f) | while read -r file; do
    cmp "$work/made/$file" "$home/data/bank-questions/$file" ||
      fail "data/bank-questions/$file is not what bench/sample makes"
  done
fi

git clone -q "$home" "$work/a clone"
cd "$work/a clone"
expect_exit 0 ./attune --version
# The JVM refuses to start if it cannot map the archive of classes.
ATTUNE_JAVA_OPTS=-Xshare:on expect_exit 0 ./attune --version
[ -s build/attune-classes.jsa ] || fail "the first build made no archive of classes"
TIMEFORMAT='%R %U %S'
{ time expect_exit 0 ./attune demo 2>&3; } 3>&2 2>"$work/time"
cp "$work/out" "$work/demo.txt"
for file in report.html evaluation.html; do
  page=$(grep -o "^  build/demo/[^ ]*$file" "$work/demo.txt" | tail -n 1)
  [ -s "${page#  }" ] || fail "there is no $file at '$page'"
done
[ "$(grep -c '^gate      Promoted: ' "$work/demo.txt")" = 2 ] || fail "one of the acts promoted no model"
grep -Eq '^evaluate  accuracy 0\.9[0-9]+, base [0-9.]+, champion ' "$work/demo.txt" ||
  fail "the second model's accuracy is below 0.9, or it was compared with no champion"
grep -Exq 'FINETUNED_MODEL_ID=local:[0-9a-f]{12}-1' build/demo/.env || fail ".env names no model"
[ -z "$(git status --porcelain)" ] || fail "the demo left files outside build/"
if [ "${1:-}" = update ]; then
  awk -v file="$work/demo.txt" '
    /^Act 1 of 2/ { while ((getline line < file) > 0) print line; skip = 1 }
    /^```$/ { skip = 0 }
    !skip' "$home/README.md" >"$work/README.md"
  cp "$work/README.md" "$home/README.md"
else
  shown "$home/README.md" >"$work/readme.txt"
  diff <(without_times "$work/readme.txt") <(without_times "$work/demo.txt") ||
    fail "README.md does not show what the demo prints: .ci/checks/demo.sh update writes it there"
fi
read -r wall user system <"$work/time"
echo "demo: both acts in $wall s, $user + $system s of processor time"
awk "BEGIN { exit !($user + $system < 100) }" || fail "more than 100 s of processor time"

start=$SECONDS
expect_exit 0 ./attune demo
[ $((SECONDS - start)) -le 10 ] || fail "with nothing new it took $((SECONDS - start)) s"
[ "$(grep -c '^Nothing new to do: ' "$work/out")" = 2 ] ||
  fail "one of the acts does not say that nothing is new"

expect_exit 0 ./attune demo --json
facts "$work/out" /nothingNew=true '#/acts=2' /acts/0/nothingNew=true /acts/1/nothingNew=true
for act in 0 1; do
  directory=$(grep -o '"directory": "[^"]*"' "$work/out" | cut -d '"' -f 4 | sed -n "$((act + 1))p")
  cp "$directory/manifest.json" "$work/manifest-$act.json"
done
facts "$work/manifest-0.json" /counts/read/total=1196 /counts/read/feedback=374 \
  /counts/read/observations=707 /counts/read/generated=115 /counts/rejected/total=34 \
  '/redacted/email=2' /redacted/phone=1 /redacted/card=2 /redacted/iban=1
# All of the first act again, and its three exact duplicates.
facts "$work/manifest-1.json" /counts/read/total=1711 /counts/rejected/byReason/EXACT_DUPLICATE=1165 \
  /previous/training=925 /previous/validation=237

# The demo is killed while it prepares the second act, and continues there.
rm -rf build/demo
./attune demo >"$work/out" 2>"$work/err" &
demo=$!
for _ in $(seq 6000); do
  grep -q '^Adding the new feedback' "$work/err" && break
  sleep 0.05
done
sleep 0.2
kill -9 "$demo"
wait "$demo" || true
[ "$(grep -c '^gate ' "$work/out")" = 1 ] || fail "it was not killed between the two decisions"
expect_exit 0 ./attune demo
[ "$(grep -c '^Nothing new to do: ' "$work/out")" = 1 ] || fail "killed, it played the first act again"
second_act() {
  without_times "$1" | sed -n '/^Act 2/,$p'
}
diff <(second_act "$work/demo.txt") <(second_act "$work/out") ||
  fail "killed, the second act ended in another way"
