#!/usr/bin/env bash
# Types every command of the runbook, deploy/README.md, in its order. The commands are taken out of
# the document; one that is not known here, and one that is known here and not in the document, fail
# by name.
#
# Real: ./attune and ./mvnw with the images; the calls to Cloud Storage, Dataflow and Vertex AI, to
# the project's own stubs; SQL, in PostgreSQL; the push, to a registry on loopback.
# Stand-ins, strict and without any answer of Google: terraform (deploy/terraform.py) evaluates all
# expressions, gcloud (deploy/gcloud.py) knows the commands and flags of a dated list, the socket
# factory of Cloud SQL (deploy/SocketFactory.java) opens a connection on loopback. Added to what is
# typed: the address of the emulator in attune.yaml, and in MAVEN_ARGS a base for the images,
# no checkers and no tests. The Dataflow job that the template starts is not executed.
. "$(dirname "$0")/lib.sh"

readme=$home/deploy/README.md
parts=$home/.ci/checks/deploy
command -v python3 >/dev/null || skip 'runbook: no python3'
repository=${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}
embedded=$(find "$repository/io/zonky/test" "$repository/org/tukaani/xz" \
  "$repository/com/google/api/grpc/grpc-google-cloud-aiplatform-v1" -name '*.jar' 2>/dev/null | tr '\n' ':')
[[ "$embedded" == *embedded-postgres* ]] || skip 'runbook: no embedded PostgreSQL in the local Maven repository'
testing=$(find "$home/testing/target" -maxdepth 1 -name 'attune-testing-*.jar' \
  ! -name '*-sources.jar' ! -name '*-javadoc.jar')
[ -n "$testing" ] && [ -d "$home/launcher/target/test-classes" ] && [ -d "$home/launcher/target/lib" ] ||
  fail 'the tests of the launcher are not built: run ./mvnw package'

mkfifo "$work/open"
java -cp "$testing:$home/testing/target/lib/*:$home/launcher/target/test-classes:$embedded:$home/launcher/target/lib/*" \
  "$home/.ci/checks/RunbookServices.java" <"$work/open" >"$work/services" 2>"$work/services.log" &
services=$!
exec 9>"$work/open" # the services end with this script

# The clone of the runbook's reader: the sources, with what is built of them.
clone=$work/clone
mkdir "$clone"
(cd "$home" && git ls-files -z --cached --others --exclude-standard |
  xargs -0 sh -c 'for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' sh |
  tar --null -T - -cf - && tar -cf - -- */target/classes */target/maven-status */target/*.jar \
  launcher/target/lib) | tar -xf - -i -C "$clone"

touch "$clone/"launcher/target/attune-launcher-*.jar # newer than all sources

# The stand-ins are the first of their name; nothing of Google Cloud is asked.
mkdir "$work/bin" "$work/classes" "$work/docker"
for program in terraform gcloud; do
  printf '#!/bin/sh\nexec python3 %s/%s.py "$@"\n' "$parts" "$program" >"$work/bin/$program"
done
printf '#!/bin/sh\ncat >/dev/null\necho "{\\"Username\\": \\"_dcgcloud_token\\", \\"Secret\\": \\"token\\"}"\n' \
  >"$work/bin/docker-credential-gcloud"
chmod +x "$work/bin/"*
export PATH=$work/bin:$PATH DOCKER_CONFIG=$work/docker
javac -d "$work/classes" "$parts/SocketFactory.java"
java -cp "$home/launcher/target/lib/*" "$home/.ci/checks/ImageFacts.java" base "$work/base.tar"

for _ in $(seq 900); do
  ! grep -q '^ready' "$work/services" && kill -0 "$services" 2>/dev/null || break
  sleep 0.1
done
grep -q '^ready' "$work/services" || fail "the services do not start: $(head -n 5 "$work/services.log")"
service() {
  sed -n "s/^$1=//p" "$work/services"
}
export RUNBOOK_STATE=$work/state.json RUNBOOK_REFUSALS=$work/refusals RUNBOOK_CLONE=$clone
export RUNBOOK_IDENTITY=you@example.com ATTUNE_STORAGE_ENDPOINT
ATTUNE_STORAGE_ENDPOINT=$(service storage)
RUNBOOK_CONTROL=$(service control)
RUNBOOK_DATAFLOW=$(service dataflow)
ATTUNE_JAVA_OPTS="-Drunbook.database=$(service database) -Xbootclasspath/a:$work/classes"
export RUNBOOK_CONTROL RUNBOOK_DATAFLOW ATTUNE_JAVA_OPTS
# jib speaks HTTP with the registry, through its port as a proxy.
MAVEN_ARGS="-B -ntp -q -P !checks -Dmaven.test.skip=true -Dattune.image.base=tar://$work/base.tar
  -Dattune.template.base=tar://$work/base.tar -Djib.allowInsecureRegistries=true
  -DsendCredentialsOverHttp=true -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=1
  -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=$(service registry)"
MAVEN_ARGS=$(echo $MAVEN_ARGS)
export MAVEN_ARGS

# type_in COMMAND: what the reader types, in the folder of the clone. Output in $work/said.
type_in() {
  local code=0
  : >"$work/refusals"
  (cd "$clone" && timeout 600 bash -euo pipefail -c "$1") >"$work/said" 2>"$work/err" \
    <"${2:-/dev/null}" || code=$?
  [ ! -s "$work/refusals" ] || fail "line $line: $(head -n 1 "$work/refusals")"
  [ "$code" = "${3:-0}" ] || fail "line $line: exit $code of $1: $(grep -h -m 3 ERROR "$work/said" "$work/err" || tail -n 5 "$work/err")"
}

said() {
  grep -q -- "$1" "$work/said" || fail "line $line: no $1 in what $text says: $(head -n 20 "$work/said")"
}

control() {
  python3 -c 'import sys, urllib.request as r; print(r.urlopen(r.Request(sys.argv[1], b"")).read().decode())' \
    "$RUNBOOK_CONTROL/$1"
}

# fill TEXT: with values for what the document leaves open.
fill() {
  sed -E -e 's/\bBUCKET\b/my-project-attune/g' -e 's/--(region|location) R\b/--\1 us-central1/g' \
    -e "s/\bEXECUTION\b/${execution:-}/g" -e "s/\bRUNID\b/${run:-}/g" -e "s/\bMODEL\b/${model:-}/g" \
    -e "s/\bJOB\b/${job:-}/g" -e "s,\bREGISTRY/template@sha256:DIGEST,$(digest template),g" <<<"$1"
}

digest() {
  echo "us-central1-docker.pkg.dev/my-project/attune/$1@$(python3 -c 'import json, sys, urllib.request as r
print(json.load(r.urlopen(sys.argv[1])).get(sys.argv[2]))' "$RUNBOOK_CONTROL/digests" "$1")"
}

# observe NAME: more texts, that are near to no others, for the sources.
observe() {
  awk -v seed="$1" 'BEGIN {
    srand(seed); split("refund delivery login", categories, " ")
    print "id,customer,text,category"
    for (i = 0; i < 360; i++) {
      category = categories[i % 3 + 1]
      text = category
      for (j = 0; j < 8; j++) text = text " " sprintf("%c%c%c%c", 97 + rand() * 26, 97 + rand() * 26, 97 + rand() * 26, 97 + rand() * 26)
      printf "%s-%d,c%d,%s,%s\n", seed, i, seed * 1000 + i, text, category
    }
  }' >"$clone/observations/$1.csv"
}

configure() {
  mkdir "$clone/observations"
  observe 1
  echo '["refund", "delivery", "login"]' >"$clone/taxonomy.json"
  type_in 'terraform -chdir=deploy output -raw ledger'
  sed -e "s|^ledger: ….*|ledger: $(sed 's/[&|]/\\&/g' "$work/said")|" -e "s|^  backEnd: vertex|&\n  endpoint: $(service vertex)\n  plaintext: true|" \
    <<<"$text" >"$clone/attune.yaml"
  grep -q '^ledger: {jdbcUrl' "$clone/attune.yaml" || fail "line $line: no ledger to fill in"
}

# refuse_next_run: the next run, of one more file, ends with a refusal of the gate.
refuse_next_run() {
  control 'answers?right=false' >/dev/null
  observe "$1"
  type_in "gcloud storage cp observations/$1.csv gs://my-project-attune/observations/"
  ! (type_in 'gcloud run jobs execute attune-run --region us-central1 --wait') 2>"$work/err2" ||
    fail "line $line: the gate refuses no model"
  model=$(sed -nE 's/.*attune decline ([^ ]+) --reason.*/\1/p' "$work/err2" | head -n 1)
  [ -n "$model" ] || fail "line $line: the run fails for another reason: $(tail -n 2 "$work/err2")"
  control 'answers?right=true' >/dev/null
}

# start_job: attune run in the background, whose tuning job runs on.
start_job() {
  control jobs >/dev/null
  observe 3
  type_in 'gcloud storage cp observations/3.csv gs://my-project-attune/observations/'
  (cd "$work" && RUNBOOK_IDENTITY=attune-launcher@my-project.iam exec timeout 300 "$clone/attune" run \
    --config gs://my-project-attune/attune.yaml --max-cost 20) >"$work/run" 2>&1 &
  launcher=$!
  for _ in $(seq 30); do
    type_in './attune jobs --json --config gs://my-project-attune/mine.yaml'
    job=$(python3 -c 'import json, sys
print(*[j["id"] for j in json.load(sys.stdin)["jobs"] if j["state"] == "RUNNING"])' <"$work/said")
    [ -z "$job" ] || return 0
  done
  fail "line $line: no job runs: $(tail -n 3 "$work/run")"
}

python3 "$parts/runbook.py" "$readme" >"$work/commands" || fail "$readme: $(head -n 1 "$work/commands")"

# run_entry: executes $text, of $kind, at $line. Each pattern is one entry of the document.
run_entry() {
  local name="$kind ${text%%$'\n'*}"
  seen[$name]=yes
  case $name in
    "shell cat >deploy/terraform.tfvars <<'END'") type_in "$text" ;;
    'inline gcloud sql users set-password postgres '*) type_in "$text" ;;
    'inline gcloud sql connect attune-ledger '*) connect=$text ;; # reads the SQL of the next entry
    'sql GRANT USAGE, CREATE ON SCHEMA public TO "attune-launcher@my-project.iam";' | \
      'sql GRANT "attune-launcher@my-project.iam" TO "you@example.com"')
      [ -n "$connect" ] || fail "line $line: nothing takes SQL yet"
      printf '%s\n' "$text" >"$work/sql"
      type_in "$connect" "$work/sql"
      ;;
    'shell gcloud auth configure-docker '*)
      type_in "$text"
      [[ "$(digest launcher) $(digest template)" != *None* ]] || fail "line $line: the images were not pushed"
      ;;
    'yaml dataset: tickets') configure ;;
    'shell gcloud storage cp -r attune.yaml '*) type_in "$text" ;;
    "inline printf %s 'PASSWORD' | gcloud secrets versions add "*) type_in "$text" ;;
    'inline terraform -chdir=deploy apply')
      # What the sentence changes before it.
      if grep -q 'launcher_image' <(sed -n "${line}p" "$readme"); then
        echo "launcher_image = \"$(digest launcher)\"" >>"$clone/deploy/terraform.tfvars"
      elif grep -q 'deletion_protection = false' <(sed -n "${line}p" "$readme"); then
        sed -i 's/deletion_protection = true/deletion_protection = false/' "$clone/deploy/ledger.tf"
      fi
      type_in "$text"
      ;;
    'shell gcloud run jobs execute attune-run '*)
      type_in "$text"
      type_in 'gcloud storage cat gs://my-project-attune/.env'
      said '^FINETUNED_MODEL_ID=projects/'
      ;;
    'shell ./attune template --image '*)
      type_in "$(fill "$text")"
      said '^id: '
      ;;
    'inline gcloud sql users create you@example.com '*) type_in "$text" ;;
    'inline gcloud storage cp mine.yaml gs://BUCKET/')
      sed -E 's/username: [^},]+/username: you@example.com/' "$clone/attune.yaml" >"$clone/mine.yaml"
      type_in "$(fill "$text")"
      ;;
    'inline gcloud run jobs executions list --job attune-run --region R')
      type_in "$(fill "$text")"
      execution=$(cut -d ' ' -f 1 "$work/said" | head -n 1)
      said ' 0$'
      ;;
    'inline gcloud beta run jobs executions logs read EXECUTION --region R')
      type_in "$(fill "$text")"
      said '^promote '
      ;;
    'inline gcloud scheduler jobs list --location R')
      type_in "$(fill "$text")"
      said '^attune-run$'
      ;;
    "inline gcloud logging read 'resource.type=cloud_scheduler_job'") type_in "$text" ;;
    'inline gcloud storage cat gs://BUCKET/.env')
      type_in "$(fill "$text")"
      said '^FINETUNED_MODEL_ID=projects/'
      ;;
    'inline ./attune models --config gs://BUCKET/mine.yaml')
      type_in "$(fill "$text")"
      said 'champion'
      ;;
    'inline ./attune jobs --config gs://BUCKET/mine.yaml')
      [ ! -e "$work/paused" ] || start_job
      type_in "$(fill "$text")"
      said 'SUCCEEDED\|succeeded'
      ;;
    'inline gcloud storage cp gs://BUCKET/datasets/tickets/RUNID/report.html .')
      run=$(python3 -c 'import os, sys; sys.path.insert(0, sys.argv[1]); from project import Bucket
print(Bucket().names("my-project-attune", "datasets/tickets/")[0].split("/")[2])' "$parts")
      type_in "$(fill "$text")"
      grep -q '<html' "$clone/report.html" || fail "line $line: no report"
      ;;
    'inline ./attune decline MODEL --reason WHY --config gs://BUCKET/mine.yaml')
      refuse_next_run 2
      type_in "$(fill "$text")"
      type_in 'gcloud run jobs execute attune-run --region us-central1 --wait'
      ;;
    'inline ./attune promote MODEL --force --reason WHY --config gs://BUCKET/mine.yaml')
      type_in "$(fill "$text")"
      ;;
    'inline gcloud scheduler jobs pause attune-run --location R')
      type_in "$(fill "$text")"
      ! grep -q '^1\. ' <(sed -n "${line}p" "$readme") || : >"$work/paused" # taken down from here on
      ;;
    'inline gcloud scheduler jobs resume attune-run --location R') type_in "$(fill "$text")" ;;
    'inline ./attune cancel JOB --config gs://BUCKET/mine.yaml')
      type_in "$(fill "$text")"
      wait "$launcher" && fail "line $line: the run goes on" || true
      ;;
    'inline gcloud storage cp -r gs://BUCKET/datasets .')
      type_in "$(fill "$text")"
      expect_exit 0 "$clone/attune" check "$clone/datasets/tickets/$run"
      ;;
    'inline gcloud sql export sql attune-ledger gs://BUCKET/ledger.sql.gz --database attune')
      type_in "$(fill "$text")"
      ;;
    "inline gcloud storage rm -r 'gs://BUCKET/**' --all-versions") type_in "$(fill "$text")" ;;
    'inline terraform -chdir=deploy destroy') type_in "$text" ;;
    *) fail "deploy/README.md, line $line: this check does not know the command $text" ;;
  esac
}

connect= execution= run= model= job= launcher=
declare -A seen
exec 3<"$work/commands"
while IFS= read -r -d '' -u 3 kind && IFS= read -r -d '' -u 3 line && IFS= read -r -d '' -u 3 text; do
  [ -z "${RUNBOOK_TIMES:-}" ] || echo "$SECONDS s, line $line: ${text%%$'\n'*}" >&2
  run_entry
done

# The other way: what this check knows is in the document.
known=$(sed -n '/^run_entry/,/^}/p' "$0" | grep -cE "^ *['\"](shell|inline|sql|yaml) ")
[ "${#seen[@]}" = "$known" ] || fail "this check knows $known entries, and deploy/README.md has ${#seen[@]} of them"
echo "runbook: ${#seen[@]} different commands and blocks of deploy/README.md, typed in their order ($SECONDS s)"
