#!/usr/bin/env bash
# Launchers that are killed with kill -9 around every call, and two at once: the class
# KilledLaunchersIT of the launcher. Also every crash point of CrashPointsTest with every relevant fault
# of the service; verify runs only the worst one.
. "$(dirname "$0")/lib.sh"

cd "$home"
# One class after the other: the times of the killed launchers are real.
run_tests launcher -Dtest=KilledLaunchersIT,CrashPointsTest -Dattune.crash.all=true -DforkCount=1
echo "crash-points: $(wc -l <launcher/target/killed-launchers.txt) kills and pairs: one job, or the second cancelled or named"
