package dev.attune.pipeline.read.feedback;

import dev.attune.pipeline.rejection.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One bucket of the join: the rows and the improvements whose ids have the same hash bucket. Holds
 * the whole bucket in memory.
 */
final class ImprovementBucket {
  private static final Comparator<Improvement> BY_PLACE =
      Comparator.comparing(Improvement::file).thenComparingLong(Improvement::line);

  private final List<RowOutcome.Waiting> rows = new ArrayList<>();
  private final Map<String, List<Improvement>> improvements = new HashMap<>();

  void add(JoinSide side) {
    if (side instanceof RowOutcome.Waiting row) {
      rows.add(row);
    } else if (side instanceof Improvement improvement) {
      improvements.computeIfAbsent(improvement.fullId(), id -> new ArrayList<>(1)).add(improvement);
    } else {
      throw new AssertionError(side);
    }
  }

  /** A row for each row that waited. */
  List<RowOutcome> outcomes() {
    List<RowOutcome> outcomes = new ArrayList<>(rows.size());
    for (RowOutcome.Waiting row : rows) {
      List<Improvement> found = improvements.getOrDefault(row.fullId(), List.of());
      outcomes.add(
          found.isEmpty()
              ? new RowOutcome.Rejected(FeedbackRecords.notImproved(row))
              : new RowOutcome.Kept(FeedbackRecords.improved(row, found.get(0).response())));
    }
    return outcomes;
  }

  /** One for each id that has several improvements, with the first two of their places. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (List<Improvement> several : improvements.values()) {
      if (several.size() > 1) {
        several.sort(BY_PLACE);
        String first = several.get(0).place();
        String second = several.get(1).place();
        refusals.add(
            new Refusal(
                second,
                "The line is a second improvement for the feedback that "
                    + first
                    + " improves; remove one of them."));
      }
    }
    return refusals;
  }
}
