package dev.attune.launcher.improve;

import dev.attune.place.Place;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one {@code attune improve}.
 *
 * @param found rows that waited for an improvement, those beyond the limit included
 * @param asked rows that were asked for
 * @param kept how many got an improvement
 * @param rejected the other rows by reason, in the order of the reasons
 * @param rejectedBefore rows that an earlier command rejected in the same way of asking
 * @param spentUsd for requests that were not answered before
 * @param improvements the file of improvements, or null if there are none
 * @param rejections the file of rejected rows, or null if there are none
 */
public record ImproveResult(
    long found,
    int asked,
    int kept,
    Map<AnswerFault, Integer> rejected,
    int rejectedBefore,
    BigDecimal spentUsd,
    @Nullable Place improvements,
    @Nullable Place rejections) {

  static ImproveResult nothing(int rejectedBefore) {
    return new ImproveResult(0, 0, 0, Map.of(), rejectedBefore, BigDecimal.ZERO, null, null);
  }

  static ImproveResult of(
      long found,
      List<RowResult> results,
      int rejectedBefore,
      BigDecimal spentUsd,
      ImproveFiles.Written files) {
    Map<AnswerFault, Integer> rejected = new EnumMap<>(AnswerFault.class);
    int kept = 0;
    for (RowResult result : results) {
      if (result instanceof RowResult.Unacceptable no) {
        rejected.merge(no.fault(), 1, Integer::sum);
      } else {
        kept++;
      }
    }
    return new ImproveResult(
        found,
        results.size(),
        kept,
        rejected,
        rejectedBefore,
        spentUsd,
        files.improved(),
        files.rejected());
  }

  /** Returns whether there was nothing to ask for. */
  public boolean isNothingNew() {
    return asked == 0;
  }

  /** Returns how many rows wait for the next command, because of the limit. */
  public long left() {
    return found - asked;
  }
}
