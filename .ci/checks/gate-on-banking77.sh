#!/usr/bin/env bash
# The gate on 13,083 real questions: better successors of a champion are promoted, worse ones
# refused. The class GateOnBanking77IT of the launcher. An argument replaces the
# number of split seeds, 5.
. "$(dirname "$0")/lib.sh"

input=$home/../shared/data/banking77
[ -d "$input" ] || skip "no data/banking77 in the directory shared next to the clone"

cd "$home"
table=launcher/target/gate-on-banking77.txt
rm -f "$table"
code=0
run_tests launcher -Dtest=GateOnBanking77IT -Dattune.seeds="${1:-5}" || code=$?
[ ! -f "$table" ] || cat "$table"
[ "$code" -eq 0 ] || fail "a decision differs from the expected one or is missing"
echo "gate-on-banking77: $(grep -c '^| [0-9]' "$table") decisions on successors of a champion"
