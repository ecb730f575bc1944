#!/usr/bin/env bash
# attune run and attune evaluate with judges, ended by kill -9 at nine points while they ask models,
# and repeated: no request is sent twice but those that were under way, and the files are those of a
# run that nothing disturbed. The class KilledModelCallsIT of the launcher; stubs count the requests.
. "$(dirname "$0")/lib.sh"

cd "$home"
run_tests launcher -Dtest=KilledModelCallsIT
echo "evaluate-killed: $(grep -c ' killed ' launcher/target/killed-model-calls.txt) kills, at most 3 requests sent again after each"
