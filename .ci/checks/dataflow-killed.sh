#!/usr/bin/env bash
# Launchers on Dataflow that are ended by kill -9 at ten points, while a stub holds their call, and
# started again from another checkout, working directory and temporary directory: the class
# KilledDataflowLaunchersIT of the pipeline. The stub of the service counts one job each time.
. "$(dirname "$0")/lib.sh"

cd "$home"
expect_exit 0 ./attune --version # builds, where that is still to be done
for checkout in one two; do
  mkdir "$work/$checkout"
  cp launcher/target/attune-launcher-*.jar "$work/$checkout"
done
ln -s "$home/launcher/target/lib" "$work/one/lib"
cp -r launcher/target/lib "$work/two/lib"

run_tests pipeline -Dtest=KilledDataflowLaunchersIT "-Dattune.checkouts=$work/one,$work/two"
echo "dataflow-killed: $(wc -l <pipeline/target/killed-dataflow-launchers.txt) launches killed, one job each"
