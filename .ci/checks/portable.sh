#!/usr/bin/env bash
# What attune prepare --runner dataflow submits, executed: pipeline.pb and the jars are taken out of
# the staging folder of the stub, and another JVM runs them with Flink and with Beam's Java harness.
# It publishes the bytes that the local runner does. Of this project that JVM has the staged jars
# only, and is told nothing but the pipeline and the address of the stub.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || skip 'portable: no curl'
cd "$home"
testing=$(find testing/target -maxdepth 1 -name 'attune-testing-*.jar' ! -name '*-sources.jar' \
  ! -name '*-javadoc.jar')
[ -n "$testing" ] || fail 'the module testing is not built: run ./mvnw package'
expect_exit 0 ./attune --version

beam=$(sed -nE 's,.*<version\.beam>(.*)</version\.beam>.*,\1,p' pom.xml)
repository=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
harness=
for artifact in org.apache.beam:beam-sdks-java-harness:$beam \
  org.apache.beam:beam-runners-java-fn-execution:$beam com.github.jbellis:jamm:0.4.0; do
  IFS=: read -r group name version <<<"$artifact"
  jar=$repository/${group//.//}/$name/$version/$name-$version.jar
  [ -e "$jar" ] || ./mvnw -B -ntp -q -N dependency:get -Dtransitive=false -Dartifact="$artifact" \
    >"$work/maven" 2>&1 || skip "portable: $artifact cannot be fetched"
  harness=$harness:$jar
done

java -jar "$testing" >"$work/storage" 2>"$work/log" &
storage_process=$!
java -cp "$testing:testing/target/lib/*" dev.attune.testing.dataflowapi.DataflowStub \
  --running 100000 >"$work/service" 2>>"$work/log" &
service_process=$!
trap 'kill "$storage_process" "$service_process" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 300); do
  [ ! -s "$work/storage" ] || [ ! -s "$work/service" ] || break
  sleep 0.1
done
url=$(head -n 1 "$work/storage")
service=$(head -n 1 "$work/service")
[ -n "$url" ] && [ -n "$service" ] || fail "the stubs do not start: $(tail -n 1 "$work/log")"
export ATTUNE_STORAGE_ENDPOINT=$url

call() {
  curl -sS --fail-with-body --max-time 60 "$@" || fail "no answer of $url: $*"
}
get() {
  call -o "$2" "$url/download/storage/v1/b/bkt-a/o/${1//\//%2F}?alt=media"
}

call -o "$work/answer" -H 'Content-Type: application/json' --data '{"name": "bkt-a"}' \
  "$url/storage/v1/b?project=p"
for i in $(seq 60); do
  echo "{\"id\":$i,\"prompt\":\"Ask $i\",\"response\":\"Say $i\"}"
done >"$work/samples.jsonl"
call -o "$work/answer" --data-binary "@$work/samples.jsonl" \
  "$url/upload/storage/v1/b/bkt-a/o?uploadType=media&name=in%2Fsamples.jsonl"
cat >"$work/attune.yaml" <<'YAML'
dataset: answers
task: conversation
sources: {generated: {files: ["gs://bkt-a/in/*.jsonl"]}}
quality: {minimum: 0}
output: {directory: "gs://bkt-a/out"}
dataflow: {project: test-project, region: us-central1, tempLocation: "gs://bkt-a/tmp"}
YAML
expect_exit 0 ./attune prepare --config "$work/attune.yaml" --runner dataflow --no-wait \
  --run-id check -- "--dataflowEndpoint=$service"
expect_exit 0 ./attune prepare --config "$work/attune.yaml" --run-id check --output gs://bkt-a/local

mkdir "$work/staged"
call "$url/storage/v1/b/bkt-a/o?prefix=tmp/staging/" | grep -oE '"name": *"[^"]*"' |
  cut -d '"' -f 4 >"$work/names"
while read -r name; do
  get "$name" "$work/staged/${name##*/}"
done <"$work/names"
pipeline=$(find "$work/staged" -name 'pipeline-*.pb')
! find "$work/staged" -name '*flink*' | grep -q . || fail 'an engine is staged'

# What Flink needs, with the staged jars before it.
engine=$(find launcher/target/lib -name '*flink*.jar' -o -name '*pekko*.jar' -o -name 'commons-*.jar' \
  -o -name 'kryo*.jar' -o -name 'chill*.jar' -o -name 'objenesis*.jar' -o -name 'minlog*.jar' \
  -o -name 'snappy*.jar' -o -name 'slf4j-jdk14*.jar' -o -name 'jctools*.jar' | tr '\n' ':')
mkdir "$work/classes"
javac -d "$work/classes" -cp "launcher/target/lib/*$harness" .ci/checks/PortableRun.java
(cd "$work" && timeout 300 java -Xmx1500m \
  -cp "$work/classes:$work/staged/*:$(sed "s,launcher/target,$home/&,g" <<<"$engine")$harness" \
  PortableRun "$pipeline" "--gcsEndpoint=$url/storage/v1/" --project=test-project \
  --credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory \
  >"$work/out" 2>&1) || fail "the pipeline fails: $(grep -m 5 'Caused by' "$work/out" | cut -c 1-300)"
for file in train valid lineage; do
  get "out/answers/check/$file.jsonl" "$work/$file.out"
  get "local/answers/check/$file.jsonl" "$work/$file.local"
  cmp "$work/$file.out" "$work/$file.local" || fail "another $file.jsonl"
done
echo "portable: the staged pipeline published the bytes of the local runner ($SECONDS s)"
