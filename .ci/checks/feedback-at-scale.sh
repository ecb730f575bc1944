#!/usr/bin/env bash
# Feedback in a real PostgreSQL, many rows: the class FeedbackAtScaleIT of the pipeline.
. "$(dirname "$0")/lib.sh"

cd "$home"
[ -n "$(find pipeline/src/test -name FeedbackAtScaleIT.java)" ] ||
  skip "the pipeline has no FeedbackAtScaleIT"
run_tests pipeline -Dtest=FeedbackAtScaleIT
echo "feedback-at-scale: FeedbackAtScaleIT passed"
