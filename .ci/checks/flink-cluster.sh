#!/usr/bin/env bash
# A Flink cluster of several processes makes the same bytes as embedded Flink, also from a million
# records with a killed worker. Also a killed job manager and an ended launcher. The class
# FlinkClusterIT of the launcher.
. "$(dirname "$0")/lib.sh"

cd "$home"
./attune --help >/dev/null # builds, where that is still to be done
run_tests launcher -Dtest=FlinkClusterIT
cat launcher/target/flink-cluster.txt
echo "flink-cluster: the same bytes with and without a cluster; killed workers only cost time"
