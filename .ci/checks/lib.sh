# What the checks share: sourced, not run. Sets home and a folder that is removed at the end.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Ends a check that cannot run here; .ci/run counts it as neither passed nor failed.
skip() {
  echo "skipped: $1"
  exit 77
}

fail() {
  echo "failed: $1" >&2
  exit 1
}

# facts FILE FACT...: see JsonFacts.java.
facts() {
  java -cp "$home/launcher/target/lib/*" "$home/.ci/checks/JsonFacts.java" "$@"
}

# expect_exit CODE COMMAND...: runs it, keeps what it prints in $work/out and $work/err. What takes
# longer than ten minutes hangs.
expect_exit() {
  local expected=$1 code=0
  shift
  timeout 600 "$@" >"$work/out" 2>"$work/err" || code=$?
  if [ "$code" != "$expected" ]; then
    cat "$work/out" "$work/err" >&2
    fail "exit $code instead of $expected: $*"
  fi
}
