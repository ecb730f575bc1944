# Functions of all checks. Sourced, not run. Sets home, and work to a directory that is removed at
# the end.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# skip REASON: ends a check that cannot run on this machine. .ci/run does not count it.
skip() {
  echo "skipped: $1"
  exit 77
}

fail() {
  echo "failed: $1" >&2
  exit 1
}

# apt_install PACKAGE: installs a package of the distribution. One check at a time does so.
apt_install() {
  (
    flock 9
    apt-get update || true # an older list of packages may do
    apt-get install -y --no-install-recommends "$1"
  ) 9>/tmp/attune-apt.lock
}

# facts FILE FACT...: compares values in a JSON file; see JsonFacts.java.
facts() {
  java -cp "$home/launcher/target/lib/*" "$home/.ci/checks/JsonFacts.java" "$@"
}

# feedback_table DIRECTORY SELECT: makes the H2 database DIRECTORY/feedback with the table answers,
# whose rows are those of a query.
feedback_table() {
  java -cp "$(echo "$home"/launcher/target/lib/h2-*.jar)" org.h2.tools.Shell \
    -url "jdbc:h2:file:$1/feedback" -user sa -sql "CREATE TABLE answers AS $2" >/dev/null
}

# run_tests MODULE OPTION...: runs tests of a module, named by -Dtest. Changed sources are compiled
# first, without the checkers: the build has run those. After .ci/run has built everything, only
# changed files are looked for; otherwise Maven compiles whole modules again, because it takes
# classes for changed where the build took them from jars. Unlike in the build, the JVM of the tests
# has its optimizing compiler, because checks compute for minutes.
run_tests() {
  local module=$1
  shift
  (cd "$home" && ./mvnw -B -ntp -q -P '!checks' -pl "$module" -am \
    ${ATTUNE_CHECKS_BUILT:+-Dmaven.compiler.useIncrementalCompilation=false} \
    -Dattune.test.jvm= -Dsurefire.failIfNoSpecifiedTests=false "$@" test)
}

# expect_exit CODE COMMAND...: runs a command and fails if it does not end with CODE within ten
# minutes. Its output is in $work/out and $work/err.
expect_exit() {
  local expected=$1 code=0
  shift
  timeout 600 "$@" >"$work/out" 2>"$work/err" || code=$?
  if [ "$code" != "$expected" ]; then
    cat "$work/out" "$work/err" >&2
    fail "exit $code instead of $expected: $*"
  fi
}
