#!/usr/bin/env bash
# The demo's dataset, prepared from a bucket and into a bucket with each engine of this machine, has
# the bytes and the fingerprint of the one that is prepared from and into a folder. The bucket is
# that of the emulator at ATTUNE_CHECK_STORAGE, or of our own stub in a process of its own.
. "$(dirname "$0")/lib.sh"
cd "$home"
command -v curl >/dev/null || skip 'no curl'

bucket=attune-check
files='lineage.jsonl manifest.json rejected.jsonl report.html train.jsonl valid.jsonl'

url=${ATTUNE_CHECK_STORAGE:-}
# A second opinion is about the service, not about the engines.
runners=${url:+local}
runners=${runners:-local direct flink}
if [ -z "$url" ]; then
  jar=$(find testing/target -maxdepth 1 -name 'attune-testing-*.jar' ! -name '*-sources.jar' \
    ! -name '*-javadoc.jar')
  [ -n "$jar" ] || fail 'the module testing is not built: run ./mvnw package'
  java -jar "$jar" >"$work/stub" 2>"$work/stub.log" &
  pid=$!
  trap 'kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
  for _ in $(seq 300); do
    [ ! -s "$work/stub" ] || break
    sleep 0.1
  done
  url=$(head -n 1 "$work/stub")
  [ -n "$url" ] || fail "the stub of Cloud Storage does not start: $(tail -n 1 "$work/stub.log")"
fi

call() {
  curl -sS --fail-with-body --max-time 60 "$@" || fail "no answer of $url: $*"
}

# put FILE OBJECT, get OBJECT FILE: names without characters that a URL cannot have, but slashes.
put() {
  call -o "$work/answer" -X POST -H 'Content-Type: application/octet-stream' \
    --data-binary "@$1" "$url/upload/storage/v1/b/$bucket/o?uploadType=media&name=${2//\//%2F}"
}

get() {
  call -o "$2" "$url/download/storage/v1/b/$bucket/o/${1//\//%2F}?alt=media"
}

# list PREFIX: the names of objects, without the prefix, in one line.
list() {
  call "$url/storage/v1/b/$bucket/o?prefix=${1//\//%2F}" >"$work/answer"
  grep -oE '"name": *"[^"]*"' "$work/answer" | sed -E "s|.*\"$1([^\"]*)\"|\1|" | sort | xargs
}

# prepare NAME OPTION...: its JSON document is in $work/NAME.json.
prepare() {
  local name=$1
  shift
  expect_exit 0 env ATTUNE_STORAGE_ENDPOINT="$url" ./attune prepare --json --run-id check "$@"
  cp "$work/out" "$work/$name.json"
}

# The demo's files, with the database beside them and the dataset below them.
folder=$work/bank
cp -r data/bank-questions "$folder"
rm -r "$folder/second-act"
sed -i -e "s,jdbc:h2:file:./feedback-db/,jdbc:h2:file:$work/feedback-db/," \
  -e 's,^output: {directory: [^ ]*\,,output: {directory: out\,,' -e '/^ledger:/d' \
  -e 's,^promotion:.*,promotion: {envFile: .env},' "$folder/attune.yaml"
expect_exit 0 ./attune --version
java -cp 'launcher/target/lib/*' org.h2.tools.RunScript \
  -url "jdbc:h2:file:$work/feedback-db/feedback" -user sa \
  -script data/bank-questions/feedback/feedback.sql

call -o "$work/answer" -X POST -H 'Content-Type: application/json' \
  --data "{\"name\": \"$bucket\"}" "$url/storage/v1/b?project=check"
(cd "$folder" && find . -type f | sed 's,^\./,,') >"$work/names"
while read -r name; do
  put "$folder/$name" "bank/$name"
done <"$work/names"

prepare folder --config "$folder/attune.yaml" --runner local
standing=$folder/out/bank-questions/check
fingerprint=$(sed -nE 's/.*"fingerprint" *: *"(sha256:[0-9a-f]+)".*/\1/p' \
  "$standing/manifest.json" | head -n 1)
[ -n "$fingerprint" ] || fail 'the manifest names no fingerprint'

# same RUNNER FOLDER: the published objects are those of the folder, and nothing else is left.
same() {
  local file
  facts "$work/$1.json" "/fingerprint=$fingerprint" "/directory=gs://$bucket/$2/bank-questions/check"
  [ "$(list "$2/bank-questions/check/")" = "$files" ] ||
    fail "$1: the dataset has other objects: $(list "$2/bank-questions/check/")"
  [ "$(list "$2/" | wc -w)" = 6 ] || fail "$1: objects are left over: $(list "$2/")"
  for file in train valid lineage; do
    get "$2/bank-questions/check/$file.jsonl" "$work/object"
    cmp "$work/object" "$standing/$file.jsonl" || fail "$1: another $file.jsonl"
  done
}

prepare local --config "gs://$bucket/bank/attune.yaml" --runner local
same local bank/out
for runner in ${runners#local}; do
  prepare "$runner" --config "gs://$bucket/bank/attune.yaml" --runner "$runner" \
    --output "gs://$bucket/$runner"
  same "$runner" "$runner"
done

prepare again --config "gs://$bucket/bank/attune.yaml" --runner local
facts "$work/again.json" /unchanged=true "/fingerprint=$fingerprint"
expect_exit 0 env ATTUNE_STORAGE_ENDPOINT="$url" \
  ./attune check "gs://$bucket/bank/out/bank-questions/check"

# The whole of BANKING77, where it is there: 13,083 records, with a CSV file as a source.
input=$home/../shared/data/banking77
if [ -d "$input" ] && [ -z "${ATTUNE_CHECK_STORAGE:-}" ]; then
  mkdir "$work/questions"
  cp "$input"/*.csv "$input/categories.json" "$work/questions"
  cat >"$work/questions/attune.yaml" <<'YAML'
dataset: banking77
task: classification
taxonomy: categories.json
sources:
  observations:
    files: ['t*.csv']
    columns: {text: text, categories: category}
duplicates: {near: false}
output: {directory: out, format: gemini}
YAML
  for file in "$work"/questions/*; do
    put "$file" "questions/${file##*/}"
  done
  prepare questions --config "$work/questions/attune.yaml" --runner local
  for runner in local direct flink; do
    prepare "questions-$runner" --config "gs://$bucket/questions/attune.yaml" --runner "$runner" \
      --output "gs://$bucket/questions-$runner"
    for file in train valid lineage; do
      get "questions-$runner/banking77/check/$file.jsonl" "$work/object"
      cmp "$work/object" "$work/questions/out/banking77/check/$file.jsonl" ||
        fail "$runner: another $file.jsonl of BANKING77"
    done
  done
  # A dataset of the folder is built on in the bucket, and the other way.
  for pair in "gs://$bucket/crossed $work/questions/out" "$work/crossed gs://$bucket/questions-local"; do
    read -r target previous <<<"$pair"
    prepare crossed --config "gs://$bucket/questions/attune.yaml" --runner local \
      --output "$target" --previous "$previous/banking77/check"
  done
  for file in train valid lineage; do
    get "crossed/banking77/check/$file.jsonl" "$work/object"
    cmp "$work/object" "$work/crossed/banking77/check/$file.jsonl" ||
      fail "on a previous dataset in the bucket: another $file.jsonl"
  done
fi
echo "bucket: ${runners// /, } publish the bytes of a folder, $fingerprint"
