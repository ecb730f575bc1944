#!/usr/bin/env bash
# A Flink cluster of processes beside Flink in one: the same bytes, also from a million records with
# a worker killed meanwhile; a killed job manager; a launcher that is ended. The class FlinkClusterIT of the launcher.
. "$(dirname "$0")/lib.sh"

cd "$home"
./attune --help >/dev/null # builds, where that is still to be done
./mvnw -B -ntp -q -pl launcher -am -Dtest=FlinkClusterIT \
  -Dsurefire.failIfNoSpecifiedTests=false test
cat launcher/target/flink-cluster.txt
echo "flink-cluster: the same bytes with and without a cluster; killed workers cost time only"
