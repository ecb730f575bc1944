#!/usr/bin/env bash
# Launchers that are killed with kill -9 around every call, and two at once: the class
# KilledLaunchersIT of the launcher. Also every crash point of CrashPointsTest with every relevant fault
# of the service; verify runs only the worst one.
. "$(dirname "$0")/lib.sh"

cd "$home"
./mvnw -B -ntp -q -pl launcher -am -Dtest=KilledLaunchersIT,CrashPointsTest -Dattune.crash.all=true \
  -Dsurefire.failIfNoSpecifiedTests=false test
echo "crash-points: $(wc -l <launcher/target/killed-launchers.txt) kills and pairs: one job, or the second cancelled or named"
