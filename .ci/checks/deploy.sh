#!/usr/bin/env bash
# The Terraform of deploy/ parses, and names resources and arguments that the provider has; see
# deploy/check.py. DeployedRequestsTest reads the bodies of its requests.
. "$(dirname "$0")/lib.sh"

checks=$home/.ci/checks/deploy
python3 -m venv "$work/venv" 2>/dev/null || skip "deploy: no python3 with venv"
"$work/venv/bin/pip" install -q --require-hashes -r "$checks/requirements.txt" >"$work/out" 2>&1 \
  || skip "deploy: pip cannot install $(grep -v '^ \|^#' "$checks/requirements.txt" | tr -d '\\\n')"
"$work/venv/bin/python" "$checks/check.py" "$home/deploy" "$checks/arguments.txt"
if command -v terraform >/dev/null; then
  terraform fmt -check -diff "$home/deploy" || fail "deploy: terraform fmt would change files"
fi
