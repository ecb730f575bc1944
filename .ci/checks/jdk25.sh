#!/usr/bin/env bash
# The built program and the pipeline's golden tests on JDK 25; everything else runs on the JDK of the
# build. ATTUNE_JDK25 names the JDK; without it the usual places are searched.
. "$(dirname "$0")/lib.sh"

# Prints the home of a JDK 25, if one is installed.
find_jdk25() {
  local home
  for home in "${ATTUNE_JDK25:-}" /usr/lib/jvm/*; do
    if [ -x "$home/bin/javac" ] && grep -q '^JAVA_VERSION="25[".]' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
}

jdk=$(find_jdk25)
if [ -z "$jdk" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # Not in every release of Debian.
  apt_install openjdk-25-jdk-headless >"$work/apt.log" 2>&1 || true
  jdk=$(find_jdk25)
fi
[ -n "$jdk" ] || skip 'no JDK 25 in /usr/lib/jvm, and no package openjdk-25-jdk-headless to install'
"$jdk/bin/java" -version 2>&1 | head -n 1

# The demo runs in a copy of what the script needs, so that its results do not mix with others.
mkdir -p "$work/clone/launcher/target"
cp -a "$home/attune" "$home/data" "$work/clone/"
cp -a "$home"/launcher/target/attune-launcher-*.jar "$home/launcher/target/lib" \
  "$work/clone/launcher/target/"
cd "$work/clone"
JAVA_HOME=$jdk expect_exit 0 ./attune demo
grep -q Building "$work/err" && fail 'the demo built the program again instead of running the built one'
[ "$(grep -c '^gate      Promoted: ' "$work/out")" = 2 ] || fail 'one of the acts promoted no model'
# The JDK's warnings about what libraries do must not appear among the program's output.
! grep -i '^WARNING: ' "$work/err" || fail 'the JDK printed warnings'
run_ids() {
  sed -n '/^Act 1 of 2/,/^```$/p' "$1" | grep -oE 'datasets/bank-questions/[0-9a-f]{12}' | sort -u
}
diff <(run_ids "$home/README.md") <(run_ids "$work/out") ||
  fail 'the demo made other datasets than on JDK 17'

# Maven and the compiler stay on their JDK; the golden tests, which compare every byte of the
# published files, run on JDK 25.
run_tests pipeline -Djvm="$jdk/bin/java" -Dtest=GoldenSetTest >"$work/out" 2>&1 ||
  { tail -n 60 "$work/out" >&2; fail 'the golden tests fail'; }
echo 'jdk25: the demo and the golden tests give the same bytes as on the JDK of the build'
