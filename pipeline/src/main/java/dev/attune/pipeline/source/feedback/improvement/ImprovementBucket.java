package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.feedback.row.FeedbackRecords;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows and improvements of one bucket of ids, which is in memory as a whole.
 *
 * <p>A row gets the improvement with the row's basis, otherwise the one without a basis.
 */
final class ImprovementBucket {
  private static final Comparator<Improvement> BY_PLACE = Comparator.comparing(Improvement::place);

  /** The rows and improvements of one id. */
  private static final class Matches {
    final List<JoinSide.Row> rows = new ArrayList<>(1);
    final List<Improvement> lines = new ArrayList<>(1);
    final Map<String, UnimprovedRow> lowRated = new LinkedHashMap<>(1);
    final Set<String> leftOut = new HashSet<>(1);
  }

  private final Map<String, Matches> byId = new HashMap<>();

  void add(JoinSide side) {
    Matches matches = byId.computeIfAbsent(side.fullId(), id -> new Matches());
    if (side instanceof JoinSide.Row row) {
      matches.rows.add(row);
    } else if (side instanceof Improvement improvement) {
      matches.lines.add(improvement);
    } else if (side instanceof JoinSide.LowRated low) {
      matches.lowRated.put(low.row().basis(), low.row());
    } else if (side instanceof JoinSide.LeftOut other) {
      matches.leftOut.add(other.basis());
    } else {
      throw new AssertionError(side);
    }
  }

  /** Returns an outcome for each row that waits for an improvement. */
  List<RowOutcome> outcomes() {
    List<RowOutcome> outcomes = new ArrayList<>();
    for (Matches matches : byId.values()) {
      for (JoinSide.Row row : matches.rows) {
        RowOutcome.Waiting waiting = row.waiting();
        if (waiting != null) {
          Improvement found = improvement(row.basis(), matches.lines);
          outcomes.add(
              found == null
                  ? new RowOutcome.Rejected(
                      FeedbackRecords.notImproved(waiting, matches.lines.size()))
                  : new RowOutcome.Kept(FeedbackRecords.improved(waiting, found.response())));
        }
      }
    }
    return outcomes;
  }

  /** Returns the low-rated rows without an improvement, one of those with equal fields. */
  List<UnimprovedRow> unimproved() {
    List<UnimprovedRow> unimproved = new ArrayList<>();
    for (Matches matches : byId.values()) {
      for (UnimprovedRow row : matches.lowRated.values()) {
        if (improvement(row.basis(), matches.lines) == null
            && !matches.leftOut.contains(row.basis())) {
          unimproved.add(row);
        }
      }
    }
    return unimproved;
  }

  private static @Nullable Improvement improvement(String basis, List<Improvement> lines) {
    Improvement any = null;
    for (Improvement line : lines) {
      if (basis.equals(line.basis())) {
        return line;
      }
      any = line.basis() == null ? line : any;
    }
    return any;
  }

  /** Counts the improvements by their use. The parts add up to the number read. */
  ImprovementCounts counts() {
    long read = 0;
    long used = 0;
    long withoutRow = 0;
    long outdated = 0;
    for (Matches matches : byId.values()) {
      read += matches.lines.size();
      if (matches.rows.isEmpty()) {
        withoutRow += matches.lines.size();
        continue;
      }
      Set<Improvement> taken = new HashSet<>();
      Set<String> bases = new HashSet<>();
      boolean waiting = false;
      for (JoinSide.Row row : matches.rows) {
        bases.add(row.basis());
        if (row.waiting() != null) {
          waiting = true;
          Improvement found = improvement(row.basis(), matches.lines);
          if (found != null) {
            taken.add(found);
          }
        }
      }
      for (Improvement line : matches.lines) {
        String basis = line.basis();
        boolean replaced = basis == null ? waiting : !bases.contains(basis);
        used += taken.contains(line) ? 1 : 0;
        outdated += !taken.contains(line) && replaced ? 1 : 0;
      }
    }
    return new ImprovementCounts(
        read, used, withoutRow, outdated, read - used - withoutRow - outdated);
  }

  /**
   * Returns a refusal for each id and basis with several improvements, with the first two places.
   */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (Matches matches : byId.values()) {
      if (matches.lines.size() > 1) {
        matches.lines.sort(BY_PLACE);
        Map<String, Improvement> first = new HashMap<>();
        Set<String> reported = new HashSet<>();
        for (Improvement line : matches.lines) {
          String basis = line.basis() == null ? "" : line.basis();
          Improvement other = first.putIfAbsent(basis, line);
          if (other != null && reported.add(basis)) {
            refusals.add(new Refusal(line.place().toString(), second(line, other)));
          }
        }
      }
    }
    return refusals;
  }

  private static String second(Improvement line, Improvement first) {
    return Messages.of(
        line.basis() == null
            ? "pipeline.improvement.second"
            : "pipeline.improvement.second-of-basis",
        first.place());
  }
}
