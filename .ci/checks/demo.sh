#!/usr/bin/env bash
# The first minute of somebody new: a fresh clone, nothing built, ./attune demo; then again.
. "$(dirname "$0")/lib.sh"

git clone -q "$home" "$work/a clone"
cd "$work/a clone"
expect_exit 0 ./attune demo
cp "$work/out" "$work/demo.txt"
grep -q '^childcare-observations: 647 records read in ' "$work/demo.txt" ||
  fail "the summary does not begin with what was read: $(head -n 1 "$work/demo.txt")"
report=$(sed -n 's/^report   //p' "$work/demo.txt")
[ -s "$report" ] || fail "there is no report at '$report'"
[ -z "$(git status --porcelain)" ] || fail "the demo left files outside build/"

expect_exit 0 ./attune demo --json
facts "$work/out" /unchanged=true /counts/read/total=647 /counts/read/feedback=150 \
  /counts/read/observations=410 /counts/read/generated=87 \
  /redacted/email=3 /redacted/phone=3 /redacted/card=0
cat "$work/demo.txt"
