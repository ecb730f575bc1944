#!/usr/bin/env bash
# attune ask and attune improve against llmock, a mock of OpenAI and Gemini that others wrote: plain
# and streamed answers, schemas and tools; refusals, broken streams, and a storm of 429 and 503, in
# which no row is lost and no rate limit exceeded. llmock then judges how its client behaved.
. "$(dirname "$0")/lib.sh"

attune=$home/attune
checks=$home/.ci/checks/llmock
rows=40
limit=120 # requests a minute
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --require-hashes \
  -r "$checks/requirements.txt" >"$work/pip" 2>&1 ||
  skip "llmock: pip cannot fetch llmock: $(tail -n 1 "$work/pip")"
python=$work/venv/bin/python
"$attune" --help >/dev/null # builds, where that is still to be done
export ATTUNE_JAVA_OPTS=-Duser.home=$work/home
export MOCK_KEY=only-on-loopback

servers=()
improving=()
trap 'kill "${servers[@]}" "${improving[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

# serve OPTION...: starts llmock; url is its address.
serve() {
  local port
  port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  url=http://127.0.0.1:$port
  "$python" "$checks/serve.py" serve --host 127.0.0.1 --port "$port" --log-level warning "$@" \
    >"$work/server-$port" 2>&1 &
  servers+=($!)
  for _ in $(seq 300); do
    ! call "$url/health" 2>/dev/null || return 0
    kill -0 "${servers[-1]}" 2>/dev/null || break
    sleep 0.1
  done
  fail "llmock does not start: $(tail -n 3 "$work/server-$port")"
}
# call URL [JSON]: gets, or posts.
call() {
  "$python" -c 'import sys, urllib.request as u
u.urlopen(sys.argv[1], sys.argv[2].encode() if len(sys.argv) > 2 else None, timeout=10).read()' "$@"
}
# faults BEHAVIOUR...: what goes wrong with the next requests, one after the other.
faults() {
  local IFS=,
  call "$url/_llmock/scenario" "{\"behaviors\": [$*]}"
}
# verdict URL WHAT: llmock's verdict on the client, warnings included.
verdict() {
  "$work/venv/bin/llmock" report --url "$1" --strict >"$work/verdict" 2>&1 ||
    fail "$2: $(cat "$work/verdict")"
  head -n 1 "$work/verdict"
}

mkdir "$work/home"
# config URL: the models of a server.
config() {
  cat >attune.yaml <<YAML
dataset: mocked
task: conversation
sources:
  feedback:
    jdbcUrl: "jdbc:h2:file:./feedback"
    username: sa
    table: answers
    columns: {id: id, prompt: prompt, response: response, rating: rating, comment: comment}
    improvements: improvements/*.jsonl
models:
  openai: {provider: openai, model: gpt-mock, baseUrl: "$1/v1", apiKeyEnv: MOCK_KEY, requestsPerMinute: $limit, deadline: 4s}
  gemini: {provider: gemini, model: gemini-mock, baseUrl: "$1/gemini", apiKeyEnv: MOCK_KEY, requestsPerMinute: $limit, deadline: 4s}
improvement: {model: openai}
duplicates: {near: false}
output: {directory: datasets}
ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
YAML
}

# Two tables of low-rated answers, one a provider, while llmock refuses four of ten requests. What it
# says is the old answer of every fifth row, and no improvement for that.
serve --response-style hello --error-rate 429=0.3 --error-rate 503=0.1 --rpm "$limit"
storm=$url
for model in openai gemini; do
  mkdir "$work/$model"
  cd "$work/$model"
  config "$url"
  feedback_table "$PWD" "SELECT x AS id, 'Which animal hoots, number ' || x || '?' AS prompt,
      CASE WHEN MOD(x, 5) = 0 THEN 'Hello! This is a mock response from ' || m || '-mock.'
        ELSE 'Stones.' END AS response, 1 AS rating, 'Say which animal.' AS comment
    FROM SYSTEM_RANGE(1, $rows), (SELECT '${model/openai/gpt}' AS m)"
  timeout 300 "$attune" improve --model "$model" --json >out 2>err &
  improving+=($!)
done

# Meanwhile answers of all kinds. llmock sees that a client stops reading a broken stream only where
# the stream takes some time.
serve --response-style hello --stream-chunk-delay-ms 200
mkdir "$work/project"
cd "$work/project"
config "$url"
echo '{"type": "object", "properties": {"animal": {"enum": ["owl", "cat"]}, "count": {"type": "integer", "minimum": 3}}, "required": ["animal", "count"], "additionalProperties": false}' >animal.json
cat >tools.yaml <<'YAML'
tools:
  - name: count_letters
    description: Counts the letters of a word.
    arguments: {type: object, properties: {word: {type: string}}, required: [word], additionalProperties: false}
    argv: [sh, -c, 'echo "$1" | tee -a words', sh, "{word}"]
YAML
for model in openai gemini; do
  faults '{"type": "fail", "status": 429, "retry_after": 0.7}' '{"type": "fail", "status": 503}'
  expect_exit 0 "$attune" ask "$model" 'Which animal hoots?'
  grep -q '^Hello! This is a mock response from g' "$work/out" || fail "$model said: $(cat "$work/out")"

  faults '{"type": "stream_fault", "kind": "truncate", "after_chunks": 3}' \
    '{"type": "stream_fault", "kind": "disconnect", "after_chunks": 2}'
  expect_exit 0 "$attune" ask "$model" 'Which animal hoots?' --stream --fresh
  grep -q 'mock response from g[a-z]*-mock\.$' "$work/out" ||
    fail "$model streamed, after cut streams: $(cat "$work/out")"

  faults '{"type": "stream_fault", "kind": "malformed", "after_chunks": 2}' \
    '{"type": "stream_fault", "kind": "stall", "after_chunks": 2, "stall_seconds": 30}'
  expect_exit 0 "$attune" ask "$model" 'Which animal hoots?' --stream --fresh
  grep -q 'mock response from g[a-z]*-mock\.$' "$work/out" ||
    fail "$model streamed, after garbage and a stall: $(cat "$work/out")"

  expect_exit 0 "$attune" ask "$model" 'Which animal hoots?' --schema animal.json --json
  facts "$work/out" /value/animal=owl /value/count=3 /finish=COMPLETE

  expect_exit 0 "$attune" ask "$model" 'Count the letters' --tools tools.yaml --allow-tools
  grep -q 'mock response from g' "$work/out" && [ "$(cat words)" = mock-word ] ||
    fail "$model called: $(cat words "$work/out" "$work/err")"
  rm words
done
verdict "$url" 'attune ask'

for pid in "${improving[@]}"; do
  wait "$pid" || fail "attune improve: exit $?: $(tail -n 2 "$work"/{openai,gemini}/err)"
done
rejected=$((rows / 5))
for model in openai gemini; do
  cd "$work/$model"
  facts out "/kept=$((rows - rejected))" "/rejected/SAME_ANSWER=$rejected"
  improved=$(grep -ch '"response":' improvements/????????????.jsonl)
  different=$(grep -oh '"id":"[0-9]*"' improvements/*.jsonl | sort -u | wc -l)
  [ "$improved" -eq $((rows - rejected)) ] && [ "$different" -eq "$rows" ] &&
    [ "$(cat improvements/*.jsonl | wc -l)" -eq "$rows" ] || fail "rows were lost: $(cat improvements/*.jsonl)"
  "$python" "$checks/rates.py" "$storm" "$model" "$limit" || fail "$model was asked too fast"
done
verdict "$storm" 'attune improve'
echo "llmock: $((2 * rows)) rows in a storm of refusals, none lost; broken streams were asked for again"
