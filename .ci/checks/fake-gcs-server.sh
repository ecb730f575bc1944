#!/usr/bin/env bash
# The tests of storage calls, and bucket.sh with the whole program, against fake-gcs-server, an
# emulator by other people: what they expect of our own stub, another program does too. It is built
# by go install, or is the program that ATTUNE_FAKE_GCS_SERVER names.
. "$(dirname "$0")/lib.sh"

version=v1.56.1

find_go() {
  command -v go || { [ ! -x /usr/local/go/bin/go ] || echo /usr/local/go/bin/go; }
}

# Prints the path of the server; builds it into $work.
build_server() {
  local go
  go=$(find_go)
  if [ -z "$go" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt_install golang-go >"$work/apt.log" 2>&1 || true
    go=$(find_go)
  fi
  [ -n "$go" ] || return 1
  GOBIN=$work/bin timeout 1500 "$go" install "github.com/fsouza/fake-gcs-server@$version" \
    >"$work/go.log" 2>&1 || return 2
  echo "$work/bin/fake-gcs-server"
}

code=0
server=${ATTUNE_FAKE_GCS_SERVER:-}
[ -n "$server" ] || server=$(build_server) || code=$?
case $code in
  0) ;;
  1) skip 'no Go to build fake-gcs-server with, and no package golang-go to install' ;;
  *) skip "go install of fake-gcs-server $version fails: $(tail -n 1 "$work/go.log")" ;;
esac

# Starts the server on a free port of loopback, sets url, and ends it with this script.
start_server() {
  local port
  for _ in $(seq 10); do
    port=$((20000 + RANDOM % 10000))
    url=http://127.0.0.1:$port
    "$server" -backend memory -scheme http -host 127.0.0.1 -port "$port" -external-url "$url" \
      -public-host "127.0.0.1:$port" -log-level error >"$work/server.log" 2>&1 &
    pid=$!
    trap 'kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        # If another program has the port, the server ends at once.
        sleep 0.3
        ! kill -0 "$pid" 2>/dev/null || return 0
      fi
      sleep 0.1
    done
    kill "$pid" 2>/dev/null || true
  done
  fail "fake-gcs-server does not start: $(tail -n 1 "$work/server.log")"
}

# run_and_tell MODULE CLASS...: runs test classes against the server, and prints what they skipped.
run_and_tell() {
  local module=$1 classes reports=$home/$1/target/surefire-reports class skipped
  shift
  classes=$(IFS=,; echo "$*")
  run_tests "$module" -Dtest="$classes" -Dattune.test.storageEndpoint="$url" \
    >"$work/maven" 2>&1 || { tail -n 60 "$work/maven" >&2; fail "$module: tests fail"; }
  for class in "$@"; do
    skipped=$(sed -nE 's/.*<skipped .*Assumption failed: (.*)/\1/p' \
      "$reports"/TEST-*."$class".xml | sort -u)
    [ -z "$skipped" ] || sed "s/^/  $class: not tested: /" <<<"$skipped"
  done
}

cd "$home"
start_server
run_and_tell testing ClientCallsTest BeamCallsTest
ATTUNE_CHECK_STORAGE=$url bash .ci/checks/bucket.sh || fail "bucket.sh fails with fake-gcs-server"
echo "fake-gcs-server: $version answers the clients' calls as the stub does"
