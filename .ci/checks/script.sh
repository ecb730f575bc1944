#!/usr/bin/env bash
# The script ./attune as a process: from another directory, through a symbolic link, with spaces in
# paths.
. "$(dirname "$0")/lib.sh"

mkdir "$work/a folder"
cd "$work/a folder"
ln -s "$home/attune" "$work/linked attune"
attune="$work/linked attune"

expect_exit 0 "$attune" --help
grep -q 'Exit codes:' "$work/out" || fail "--help does not list the exit codes"
[ ! -s "$work/err" ] || fail "--help writes to stderr: $(cat "$work/err")"

umask 022
expect_exit 0 "$attune" init "my project"
[ "$(stat -c %a "my project/attune.yaml")" = 644 ] || fail "init does not follow the umask"
expect_exit 3 "$attune" init "my project"
expect_exit 0 "$attune" prepare --json --config "my project/attune.yaml"
facts "$work/out" /counts/read/total=12 /counts/rejected/total=0
expect_exit 0 "$attune" prepare --config "my project/attune.yaml"
grep -q 'nothing was written' "$work/out" || fail "a second prepare is not unchanged"

expect_exit 2 "$attune" prepare --no-such-option
[ "$(wc -l <"$work/err")" -eq 1 ] || fail "wrong usage is more than one line"
expect_exit 2 "$attune" prepare --config "my project/attune.yaml" -- --help
expect_exit 2 "$attune" tune
expect_exit 3 "$attune" prepare
[ ! -s "$work/out" ] || fail "a failure writes to stdout: $(cat "$work/out")"

expect_exit 1 env JAVA_HOME=/nowhere "$attune" --help
grep -q '^attune: JAVA_HOME is /nowhere' "$work/err" || fail "a wrong JAVA_HOME is not named"

mkdir -p "$work/old/bin"
printf '#!/bin/sh\n' >"$work/old/bin/java"
chmod +x "$work/old/bin/java"
echo 'JAVA_VERSION="11.0.2"' >"$work/old/release"
expect_exit 1 env JAVA_HOME="$work/old" "$attune" --help
grep -q 'is version 11. Attune needs a JDK 17 or newer' "$work/err" || fail "Java 11 is not refused"

# A closed standard input is an empty one: Java's own files are not read in its place.
code=0
"$home/attune" init "$work/closed" >"$work/out" 2>"$work/err" || fail "attune init fails"
"$home/attune" ask here - --config "$work/closed/attune.yaml" <&- >"$work/out" 2>"$work/err" || code=$?
[ "$code" -eq 2 ] || fail "attune ask - without a standard input ends with $code"
grep -q 'the question is empty' "$work/err" || fail "a closed standard input is not an empty one"

# A clone whose build takes a few seconds: the lock of a killed build is taken over, and only one of
# three processes builds.
clone="$work/clone"
mkdir -p "$clone/build"
cp "$home/attune" "$clone/"
for module in schemas taxonomy runner pipeline launcher; do
  mkdir -p "$clone/$module/src/main"
  touch "$clone/$module/pom.xml"
done
cat >"$clone/mvnw" <<'END'
#!/bin/sh
echo built >>build/builds
sleep 3
mkdir -p launcher/target/lib
touch launcher/target/attune-launcher-1.jar
END
chmod +x "$clone/mvnw"
touch "$clone/pom.xml"
ln -s "$$ 0" "$clone/build/attune.building" # A running process with this number, but with another start.
for i in 1 2 3; do
  timeout 60 "$clone/attune" --help >"$work/clone-$i" 2>&1 &
done
wait
[ "$(wc -l <"$clone/build/builds")" -eq 1 ] || fail "three processes at once built more than once"
[ "$(cat "$work"/clone-? | grep -c '^Waiting for another build')" -eq 2 ] ||
  fail "a process that waits for a build does not say so exactly once"
[ ! -L "$clone/build/attune.building" ] || fail "the lock of a build was not removed"
echo "script: links, spaces, exit codes and last lines are as expected"
