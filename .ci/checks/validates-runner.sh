#!/usr/bin/env bash
# Beam's own tests of runners, run on the local runner. docs/local-runner.md lists the tests that
# are excluded: each of them must fail, and every other test must pass; once with default options,
# and once with 16 threads and a heap budget of 0 bytes, so that everything is spilled.
. "$(dirname "$0")/lib.sh"
cd "$home"

version=$(sed -nE 's/.*<version\.beam>(.*)<\/version\.beam>.*/\1/p' pom.xml)
reports=runner/target/validates-runner

# results ELEMENT...: prints the tests whose report has one of these elements, as Class.method.
results() {
  local elements
  elements=$(printf '|%s' "$@")
  cat "$reports"/TEST-*.xml | awk -v elements="^ *<(${elements#|})[ >/]" '
    function value(name) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    }
    /<testcase / { class = value("classname"); sub(/.*\./, "", class); test = class "." value("name") }
    $0 ~ elements { print test }' | sort -u
}

# Of all classes with such tests, none is missing in the profile.
./mvnw -B -ntp -q -N dependency:copy -DoutputDirectory="$work" \
  "-Dartifact=org.apache.beam:beam-sdks-java-core:$version:jar:tests"
jar=$work/beam-sdks-java-core-$version-tests.jar
mkdir "$work/classes"
(cd "$work/classes" && jar xf "$jar")
(cd "$work/classes" && grep -rl 'Lorg/apache/beam/sdk/testing/ValidatesRunner;' .) |
  sed -E 's/^\.\///; s/\.class$//' | sort >"$work/present"
sed -nE 's/ *<include>(.*)\.class<\/include>/\1/p' runner/pom.xml | sort >"$work/included"
diff "$work/present" "$work/included" ||
  fail 'runner/pom.xml does not include exactly the classes of Beam with such tests'

sed -n '/^## Excluded tests/,$p' docs/local-runner.md | grep -oE '^- `[^`]+`' |
  sed -E 's/^- `(.*)`$/\1/' | sort >"$work/excluded"
total() {
  cat "$reports"/TEST-*.xml | grep -c '<testcase '
}

# run_tests OPTION...: runs all tests with these options.
run_on() {
  local options unlisted passing
  options=$(printf ',"%s"' "$@")
  rm -rf "$reports"
  run_tests runner -P validates-runner "-Dvalidates-runner.options=${options#,}" \
    -Dmaven.test.failure.ignore=true \
    >"$work/maven" 2>&1 || { tail -n 50 "$work/maven" >&2; fail 'the tests could not be run'; }
  [ -d "$reports" ] || fail "no reports in $reports"
  results error failure >"$work/failed"
  unlisted=$(comm -13 "$work/excluded" "$work/failed")
  [ -z "$unlisted" ] || fail "with $*, these tests fail and are not excluded: $unlisted"
  passing=$(comm -23 "$work/excluded" "$work/failed")
  [ -z "$passing" ] || fail "with $*, these tests are excluded and pass, or do not exist: $passing"
  [ "$(total)" -ge 400 ] || fail "only $(total) tests were found"
}

run_on --runner=LocalRunner
run_on --runner=LocalRunner --localParallelism=16 --localMemory=0
skipped=$(results skipped | wc -l)
excluded=$(wc -l <"$work/excluded")
passed=$(($(total) - excluded - skipped))
echo "validates-runner: $passed tests of Beam pass, $excluded are excluded, Beam skips $skipped"
grep -qF "Of $(total) tests $passed pass, $excluded are excluded" docs/local-runner.md ||
  fail 'docs/local-runner.md has other numbers'
