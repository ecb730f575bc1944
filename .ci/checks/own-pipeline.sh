#!/usr/bin/env bash
# examples/own-pipeline, a Maven project of its own, is built against the packaged jars and run. They
# stand in a local repository in front of the machine's own, which keeps none of them.
. "$(dirname "$0")/lib.sh"

version=0.1.0-SNAPSHOT
repository=$work/repository
# publish ARTIFACT POM [JAR]
publish() {
  local folder=$repository/dev/attune/$1/$version
  mkdir -p "$folder"
  cp "$2" "$folder/$1-$version.pom"
  [ -z "${3:-}" ] || cp "$3" "$folder/$1-$version.jar"
}
publish attune "$home/pom.xml"
for module in schemas taxonomy pipeline runner; do
  jar=$home/$module/target/attune-$module-$version.jar
  [ -s "$jar" ] || skip "$jar is not there: run ./mvnw package"
  publish "attune-$module" "$home/$module/pom.xml" "$jar"
done

cp -r "$home/examples/own-pipeline" "$work/own-pipeline"
cached=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
start=$SECONDS
build() {
  "$home/mvnw" -B -ntp -q "$@" -f "$work/own-pipeline/pom.xml" \
    "-Dmaven.repo.local=$repository" "-Dmaven.repo.local.tail=$cached" \
    -Dmaven.repo.local.tail.ignoreAvailability=true \
    compile dependency:build-classpath "-Dmdep.outputFile=$work/classpath"
}
# The build of Attune has most likely fetched every library already.
build -o >"$work/out" 2>&1 || build >"$work/out" 2>&1 || {
  cat "$work/out" >&2
  fail "examples/own-pipeline cannot be built"
}

count() {
  wc -l <"$work/curated/$1.txt"
}
# curate RUNNER
curate() {
  rm -rf "$work/curated"
  expect_exit 0 java -cp "$work/own-pipeline/target/classes:$(cat "$work/classpath")" \
    com.example.OwnPipeline --input="$work/own-pipeline/tickets.tsv" --output="$work/curated" \
    "--runner=$1"
  [ "$(count rejected)" = 3 ] || fail "$1: $(count rejected) tickets were rejected instead of 3"
  [ $(($(count training) + $(count validation))) = 40 ] || fail "$1: not every other ticket was written"
  [ "$(count validation)" -ge 5 ] || fail "$1: only $(count validation) tickets are for validation"
  local reason
  for reason in EXACT_DUPLICATE NEAR_DUPLICATE MALFORMED_RECORD; do
    grep -q " $reason\$" "$work/curated/rejected.txt" || fail "$1: no ticket was rejected as $reason"
  done
  ! grep -q 'anna@example' -r "$work/curated" || fail "$1: an e-mail address was written"
  sort "$work/curated"/*.txt >"$work/$1"
}
curate DirectRunner
curate LocalRunner
cmp -s "$work/DirectRunner" "$work/LocalRunner" || fail "the runners wrote different lines"
echo "own pipeline: $(count training) for training, $(count validation) for validation, $(count rejected) rejected, in $((SECONDS - start)) s"
