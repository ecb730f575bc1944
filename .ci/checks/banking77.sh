#!/usr/bin/env bash
# 13,083 real questions of a bank's customers, in both formats: the numbers of records read, rejected and split.
. "$(dirname "$0")/lib.sh"

input=$home/../shared/data/banking77
[ -d "$input" ] || skip "no data/banking77 in the directory shared next to the clone"

cp "$input"/*.csv "$input/categories.json" "$work"
for format in gemini openai; do
  cat >"$work/$format.yaml" <<YAML
dataset: banking77
task: classification
systemInstruction: Name the intent of the customer's question.
taxonomy: categories.json
sources:
  observations:
    files: [train.csv, test.csv]
    columns: {text: text, categories: category}
duplicates: {near: false}
output: {directory: $format, format: $format}
YAML
  expect_exit 0 "$home/attune" prepare --json --config "$work/$format.yaml"
  cp "$work/out" "$work/$format.json"
  facts "$work/$format.json" /unchanged=false /counts/read/total=13083 \
    /counts/read/observations=13083 /counts/rejected/total=12 \
    '/counts/rejected/byReason={"EXACT_DUPLICATE":12}' '#/categories=77' \
    'every /categories training>0' 'every /categories validation>0'
  dataset=$(echo "$work/$format"/banking77/*)
  facts "$dataset/manifest.json" /counts/read/total=13083 /counts/rejected/total=12 \
    '#/categories=77' /split/groupsAcrossSplits=0 /split/nearDuplicatesAcrossSplits=null
  lines=$(cat "$dataset/train.jsonl" "$dataset/valid.jsonl" | wc -l)
  [ "$lines" -eq 13071 ] || fail "$lines lines of examples instead of 13071"
  [ "$(wc -l <"$dataset/rejected.jsonl")" -eq 12 ] || fail "rejected.jsonl does not have 12 lines"

  expect_exit 0 "$home/attune" prepare --json --config "$work/$format.yaml"
  facts "$work/out" /unchanged=true
done
echo "banking77: 13,083 records, 12 exact duplicates, 77 categories in both splits and formats"
