#!/usr/bin/env bash
# Links in the documents lead to files and headings that exist.
. "$(dirname "$0")/lib.sh"

java "$home/.ci/checks/DocLinks.java" "$home" \
  README.md CHANGELOG.md CONTRIBUTING.md docs bench/README.md bench/RESULTS.md data deploy
