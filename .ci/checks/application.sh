#!/usr/bin/env bash
# The programs of examples/application in Java, Python and TypeScript: each asks the tuned model,
# falls back to the general one and says why, and logs answers and ratings in PostgreSQL. attune
# prepare makes a dataset of what they logged.
. "$(dirname "$0")/lib.sh"
cd "$home"

repository=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
testing=$(find testing/target -maxdepth 1 -name 'attune-testing-*.jar' ! -name '*-sources.jar' \
  ! -name '*-javadoc.jar')
[ -n "$testing" ] || fail 'the module testing is not built: run ./mvnw package'
embedded=$(find "$repository/io/zonky/test" "$repository/org/tukaani/xz" -name '*.jar' 2>/dev/null | tr '\n' ':')
[ -n "$embedded" ] || skip 'no embedded PostgreSQL in the local Maven repository'
example=$home/examples/application

# The programs, each with what it takes to start it; what is missing stands in missing.
missing=()
declare -A program
cp -r "$example" "$work/application"
build_java() {
  "$home/mvnw" -B -ntp -q "$@" -f "$work/application/java/pom.xml" compile \
    dependency:build-classpath "-Dmdep.outputFile=$work/classpath" >"$work/out" 2>&1
}
# The build of Attune has most likely fetched every library already.
if build_java -o || build_java; then
  program[java]="java -cp $work/application/java/target/classes:$(cat "$work/classpath") com.example.Application"
else
  grep -q 'COMPILATION ERROR' "$work/out" && fail "the program in Java: $(grep ERROR "$work/out" | head -n 3)"
  missing+=('the libraries of the program in Java cannot be fetched')
fi
if python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null &&
  python3 -m venv "$work/venv" >"$work/out" 2>&1; then
  if "$work/venv/bin/pip" install -q --disable-pip-version-check --require-hashes \
    -r "$example/python/requirements.txt" >"$work/out" 2>&1; then
    program[python]="$work/venv/bin/python $work/application/python/application.py"
  else
    missing+=('psycopg cannot be fetched for Python')
  fi
else
  missing+=('no Python 3.10 with venv')
fi
if command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; then
  cd "$work/application/typescript"
  if [ -d node_modules ] || npm ci --no-audit --no-fund --prefer-offline >"$work/out" 2>&1; then
    npm run --silent build >"$work/out" 2>&1 || fail "the program in TypeScript: $(cat "$work/out")"
    program[typescript]="node $work/application/typescript/dist/application.js"
  else
    missing+=('pg and typescript cannot be fetched for Node')
  fi
  cd "$home"
else
  missing+=('no Node 20 with npm')
fi
[ ${#program[@]} -gt 0 ] || skip "$(printf '%s; ' "${missing[@]}")"

mkfifo "$work/open"
java -cp "$testing:testing/target/lib/*:$embedded:launcher/target/lib/*" \
  .ci/checks/ApplicationServices.java "$example/schema.sql" <"$work/open" >"$work/ports" \
  2>"$work/services" &
exec 9>"$work/open" # the services end with this script
for _ in $(seq 600); do
  [ "$(wc -l <"$work/ports")" -lt 2 ] || break
  sleep 0.1
done
database=$(sed -n 1p "$work/ports")
stub=$(sed -n 2p "$work/ports")
[ -n "$stub" ] || fail "the services do not start: $(head -n 5 "$work/services")"

export DATABASE_URL=postgresql://postgres:postgres@127.0.0.1:$database/postgres
export DATABASE_JDBC_URL="jdbc:postgresql://127.0.0.1:$database/postgres?user=postgres&password=postgres"
export ENV_FILE=$work/env GENERAL_MODEL=general
export OPENAI_BASE_URL=http://127.0.0.1:$stub/v1 OPENAI_API_KEY=secret
export VERTEX_BASE_URL=http://127.0.0.1:$stub GOOGLE_ACCESS_TOKEN=secret

# member NAME: a member of the JSON that the program printed.
member() {
  python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1" <"$work/out"
}
command -v python3 >/dev/null || member() {
  node -p "const v = JSON.parse(require('fs').readFileSync('$work/out'))['$1']; v === null ? 'None' : v"
}

# asks LANGUAGE MODEL QUESTION ANSWER WHY: MODEL is the value of the variable, - for no file.
asks() {
  if [ "$2" = - ]; then
    rm -f "$work/env"
  else
    printf 'OTHER=1\nFINETUNED_MODEL_ID=%s\n' "$2" >"$work/env"
  fi
  # shellcheck disable=SC2086 # a command and its arguments
  expect_exit 0 ${program[$1]} ask "$1-${2//[^a-z]/}" "$3"
  [ "$(member answer)" = "$4" ] || fail "$1, model $2: $(cat "$work/out")"
  case $(member usingFallback) in
    $5) ;;
    *) fail "$1, model $2: using fallback $(member usingFallback) instead of $5" ;;
  esac
  id=$(member id)
}
rate() {
  local language=$1
  shift
  # shellcheck disable=SC2086
  expect_exit 0 ${program[$language]} rate "$@"
}

for language in "${!program[@]}"; do
  said="when does my $language parcel with number $RANDOM arrive"
  asks "$language" - "$said" "general answers: $said" 'no tuned model is in use yet'
  rate "$language" "$id" 1 'Say how to find out.'
  asks "$language" local:b27f1c "where is the $language shop" \
    "general answers: where is the $language shop" 'local:b27f1c is *'
  asks "$language" busy "who repairs a broken $language lamp" \
    "general answers: who repairs a broken $language lamp" 'busy: HTTP status 503'
  rate "$language" "$id" 5
  asks "$language" blocked "can I pay the $language bill later" \
    "general answers: can I pay the $language bill later" 'blocked: the answer is *'
  asks "$language" tuned "is there a discount for $language students" \
    "tuned answers: is there a discount for $language students" None
  rate "$language" "$id" 4
  asks "$language" projects/1/locations/us-central1/endpoints/2 "do you sell $language books" \
    "endpoint answers: do you sell $language books" None
  rate "$language" "$id" 3
  rm "$work/env"
  # shellcheck disable=SC2086
  OPENAI_API_KEY=wrong expect_exit 1 ${program[$language]} ask anna x
  grep -q '^The general model does not answer: HTTP status 401\.$' "$work/err" ||
    fail "$language, wrong key: $(cat "$work/err")"
done

mkdir "$work/project"
sed "s|127.0.0.1:5432/support|127.0.0.1:$database/postgres|" "$example/attune.yaml" >"$work/project/attune.yaml"
FEEDBACK_DB_PASSWORD=reads expect_exit 0 ./attune prepare --json --run-id loop \
  --config "$work/project/attune.yaml"
n=${#program[@]}
facts "$work/project/datasets/support-answers/loop/manifest.json" "/counts/read/total=$((4 * n))" \
  "/counts/rejected/byReason/NEUTRAL_RATING=$n" "/counts/rejected/byReason/IMPROVEMENT_MISSING=$n"

exec 9>&-
[ ${#missing[@]} -eq 0 ] || skip "$(printf '%s; ' "${missing[@]}")the others passed: ${!program[*]}"
echo "application: ${!program[*]} asked, fell back and logged; prepare read $((4 * n)) ratings"
