#!/usr/bin/env bash
# attune ask and attune chat as processes, with a stub of a model: every persona that ships, a schema,
# kept answers, a chat that is continued, and signals in the middle of an answer and of a tool.
. "$(dirname "$0")/lib.sh"

attune=$home/attune
"$attune" --help >/dev/null # builds, where that is still to be done
set -m # each in a process group of its own, as a terminal does it; else SIGINT is ignored
testing=$(find "$home/testing/target" -maxdepth 1 -name 'attune-testing-*.jar' \
  ! -name '*-sources.jar' ! -name '*-javadoc.jar')
[ -n "$testing" ] || fail 'the module testing is not built: run ./mvnw package'

mkfifo "$work/open"
java -cp "$testing:$home/testing/target/lib/*" "$home/.ci/checks/TalkingModel.java" \
  <"$work/open" >"$work/url" 2>"$work/stub" &
exec 9>"$work/open" # the stub ends with this script
for _ in $(seq 300); do
  [ ! -s "$work/url" ] || break
  sleep 0.1
done
[ -s "$work/url" ] || fail "the stub does not start: $(head -n 3 "$work/stub")"

mkdir -p "$work/project/prompts" "$work/home"
cd "$work/project"
cat >attune.yaml <<YAML
dataset: talks
task: conversation
sources:
  generated: {files: [samples.jsonl]}
models:
  talker: {provider: openai, baseUrl: "$(cat "$work/url")", model: talker, requestsPerMinute: 100000}
ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
YAML
export ATTUNE_JAVA_OPTS=-Duser.home=$work/home

# Every persona is sent as the text below its front matter.
personas=0
for file in "$home"/prompts/*.md; do
  name=$(basename "$file" .md)
  [ "$name" != README ] || continue
  expect_exit 0 "$attune" ask talker "Hello from $name." --persona "$name"
  sed '1,/^---$/d' "$file" | sed '1,/^---$/d' >"$work/instruction"
  last=$(tail -n 1 "$work/instruction")
  grep -qF "$(head -n 1 "$work/instruction")" "$work/out" && grep -qF "$last], asked [Hello from $name.]" "$work/out" ||
    fail "the persona $name was not sent: $(cat "$work/out")"
  personas=$((personas + 1))
done
[ "$personas" -ge 6 ] || fail "only $personas personas"

# The same question again costs nothing, without the stub being asked; a schema; stdin.
echo '{"type": "object", "properties": {"animal": {"enum": ["owl", "cat"]}}, "required": ["animal"], "additionalProperties": false}' >animal.json
echo 'Which animal hoots?' | expect_exit 0 "$attune" ask talker - --schema animal.json --json
facts "$work/out" /value/animal=owl /finish=COMPLETE
expect_exit 0 "$attune" ask talker "Hello from story-teller." --persona story-teller --stream
grep -q '1 answer kept already' "$work/err" || fail "the answer was not kept: $(cat "$work/err")"

# A chat from a file of lines, continued by another process.
printf 'One\nTwo\n/undo\n/quit\n' >lines
expect_exit 0 "$attune" chat talker --system 'Be brief.' <lines
id=$(sed -n 's/^Chat \(.*\) is kept.*/\1/p' "$work/err")
[ -n "$id" ] || fail "no chat was kept: $(cat "$work/err")"
echo Three | expect_exit 0 "$attune" chat talker --resume "$id"
grep -qx 'Told \[Be brief.\], asked \[Three\], in turn 3.' "$work/out" ||
  fail "the chat was not continued: $(cat "$work/out")"
[ "$(stat -c %a "$work/home/.attune/chats/$id.jsonl")" = 600 ] || fail "the chat is not private"

# says TEXT FILE: waits until a file of the running command has a text.
says() {
  for _ in $(seq 600); do
    ! grep -q "$1" "$2" 2>/dev/null || return 0
    kill -0 "$pid" 2>/dev/null || fail "the command ended: $(cat "$work/err")"
    sleep 0.1
  done
  fail "no \"$1\" after a minute: $(cat "$2" "$work/err")"
}
ends() {
  local code=0
  wait "$pid" || code=$?
  [ "$code" -eq "$1" ] || fail "exit $code instead of $1: $(cat "$work/err")"
}

# Ctrl-C stops an answer and not the chat; the next one, at the prompt, ends it.
mkfifo typed
env --default-signal=INT "$attune" chat talker <typed >"$work/out" 2>"$work/err" &
pid=$!
exec 8>typed
echo 'Speak slowly' >&8
says 'Told' "$work/out"
kill -INT "$pid"
says 'stopped; the message has no answer' "$work/err"
echo 'Quick' >&8
says 'asked \[Quick\], in turn 1' "$work/out"
kill -INT "$pid"
ends 130
exec 8>&-
tail -n 1 "$work/err" | grep -q '^Interrupted: the chat is kept, attune chat talker --resume ' ||
  fail "the last line of the chat is $(tail -n 1 "$work/err")"

# A tool that runs when the command is ended does not stay behind.
cat >tools.yaml <<'YAML'
tools:
  - name: hangs
    description: Hangs.
    argv: [sh, -c, "sleep 555 & echo $! >child; wait"]
    deadline: 9m
YAML
env --default-signal=TERM "$attune" ask talker 'Use the tool' --tools tools.yaml --allow-tools \
  >"$work/out" 2>"$work/err" &
pid=$!
for _ in $(seq 300); do
  [ ! -s child ] || break
  sleep 0.1
done
[ -s child ] || fail "the tool does not run: $(cat "$work/err")"
kill -TERM "$pid"
ends 143
for _ in $(seq 50); do
  kill -0 "$(cat child)" 2>/dev/null || break
  sleep 0.1
done
! kill -0 "$(cat child)" 2>/dev/null || fail 'the child of the tool runs on'

exec 9>&-
echo "ask: $personas personas, a schema, kept answers, a chat, signals"
