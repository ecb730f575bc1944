#!/usr/bin/env bash
# The first minutes of somebody new: a fresh clone, nothing built, ./attune demo; then again.
. "$(dirname "$0")/lib.sh"

git clone -q "$home" "$work/a clone"
cd "$work/a clone"
expect_exit 0 ./attune demo
cp "$work/out" "$work/demo.txt"
grep -q '^childcare-observations: 647 records read in ' "$work/demo.txt" ||
  fail "the summary does not begin with what was read: $(head -n 1 "$work/demo.txt")"
for file in report.html evaluation.html; do
  page=$(grep -o "build/demo/[^ ]*$file" "$work/demo.txt" | head -n 1)
  [ -s "$page" ] || fail "there is no $file at '$page'"
done
grep -Eq '^promote   [0-9a-f]{12}-1 is in use' "$work/demo.txt" || fail "no model was promoted"
grep -Exq 'FINETUNED_MODEL_ID=local:[0-9a-f]{12}-1' build/demo/.env || fail ".env names no model"
[ -z "$(git status --porcelain)" ] || fail "the demo left files outside build/"

start=$SECONDS
expect_exit 0 ./attune demo
[ $((SECONDS - start)) -le 5 ] || fail "with nothing new it took $((SECONDS - start)) s"
grep -q '^Nothing new to do: ' "$work/out" || fail "the second demo does not say that nothing is new"

expect_exit 0 ./attune demo --json
facts "$work/out" /nothingNew=true
directory=$(grep -o '"directory": "[^"]*"' "$work/out" | cut -d '"' -f 4)
facts "$directory/manifest.json" /counts/read/total=647 /counts/read/feedback=150 \
  /counts/read/observations=410 /counts/read/generated=87 /redacted/email=3 /redacted/phone=3
cat "$work/demo.txt"
