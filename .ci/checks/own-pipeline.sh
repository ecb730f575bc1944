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
for module in schemas taxonomy pipeline; do
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
expect_exit 0 java -cp "$work/own-pipeline/target/classes:$(cat "$work/classpath")" \
  com.example.OwnPipeline "$work/own-pipeline/tickets.tsv" "$work/curated"

count() {
  wc -l <"$work/curated/$1.txt"
}
[ "$(count rejected)" = 2 ] || fail "$(count rejected) tickets were rejected instead of 2"
[ $(($(count training) + $(count validation))) = 40 ] || fail "not every other ticket was written"
[ "$(count validation)" -ge 5 ] || fail "only $(count validation) tickets are for validation"
grep -q 'EXACT_DUPLICATE' "$work/curated/rejected.txt" || fail "no exact duplicate was rejected"
grep -q 'NEAR_DUPLICATE' "$work/curated/rejected.txt" || fail "no near duplicate was rejected"
! grep -q 'anna@example' -r "$work/curated" || fail "an e-mail address was written"
echo "own pipeline: $(count training) for training, $(count validation) for validation, $(count rejected) rejected, in $((SECONDS - start)) s"
