#!/usr/bin/env bash
# 13,083 real questions, tuned with the local back end: the time of the training and the accuracy.
. "$(dirname "$0")/lib.sh"

input=$home/../shared/data/banking77
[ -d "$input" ] || skip "no data/banking77 in the directory shared next to the clone"

cp "$input"/*.csv "$input/categories.json" "$work"
cat >"$work/attune.yaml" <<YAML
dataset: banking77
task: classification
taxonomy: categories.json
sources:
  observations:
    files: [train.csv, test.csv]
    columns: {text: text, categories: category}
duplicates: {near: false}
output: {directory: datasets, format: gemini}
ledger: {jdbcUrl: "jdbc:h2:file:ledger"}
YAML
cd "$work"
expect_exit 0 "$home/attune" prepare
dataset=$(echo datasets/banking77/*)

start=$SECONDS
expect_exit 0 "$home/attune" tune "$dataset"
seconds=$((SECONDS - start))
[ "$seconds" -lt 60 ] || fail "tuning took $seconds s, not under 60"
model=$("$home/attune" jobs | grep -oE '[0-9a-f]{12}-1' | head -n 1)

expect_exit 0 "$home/attune" evaluate "$model" --dataset "$dataset" --json
cp out evaluation.json
accuracy=$(sed -n '/"accuracy"/,/}/s/.*"value" *: *\([0-9.]*\).*/\1/p' evaluation.json | head -n 1)
awk -v a="$accuracy" 'BEGIN { exit !(a >= 0.87) }' || fail "accuracy $accuracy, not 0.87 or more"

expect_exit 0 "$home/attune" promote "$model"
expect_exit 0 "$home/attune" run
grep -Exq 'FINETUNED_MODEL_ID=local:[0-9a-f]{12}-1' .env || fail ".env names no model"
echo "banking77: accuracy $accuracy on the validation split, tuned in $seconds s"
