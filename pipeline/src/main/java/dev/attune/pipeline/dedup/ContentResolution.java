package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.rejection.RejectionReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves the records of one bucket of contents: of those with the same content the most frequent
 * answer wins (on a tie, the answer of the survivor among all); of the records with that answer the
 * first in survivor order stays, the others are EXACT_DUPLICATE; those with another answer are
 * CONFLICTING_CATEGORIES. In a conversation dataset the answer is part of the content and all answers
 * are equal here. Records that gave way before only follow their survivor.
 */
final class ContentResolution {
  private static final Comparator<Identity> SURVIVOR_ORDER = Comparator.comparing(Identity::rank);

  private final Map<Key128, List<Identity>> byContent = new HashMap<>();

  void add(Identity identity) {
    byContent.computeIfAbsent(identity.content(), content -> new ArrayList<>(1)).add(identity);
  }

  Resolved resolve() {
    Resolved resolved = new Resolved();
    for (List<Identity> records : byContent.values()) {
      if (records.size() == 1) {
        resolved.keep(records.get(0));
      } else {
        resolveContent(records, resolved);
      }
    }
    return resolved;
  }

  private static void resolveContent(List<Identity> records, Resolved resolved) {
    List<Identity> candidates = records.stream().filter(r -> r.drop() == null).toList();
    Key128 answer = winningAnswer(candidates);
    Identity survivor =
        Collections.min(
            candidates.stream().filter(r -> r.answer().equals(answer)).toList(), SURVIVOR_ORDER);
    resolved.keep(survivor);
    for (Identity record : records) {
      if (record != survivor) {
        boolean conflicting = !record.answer().equals(answer);
        resolved.drop(
            record,
            conflicting
                ? RejectionReason.CONFLICTING_CATEGORIES
                : RejectionReason.EXACT_DUPLICATE,
            survivor);
      }
    }
  }

  private static Key128 winningAnswer(List<Identity> candidates) {
    Map<Key128, Integer> counts = new HashMap<>();
    for (Identity candidate : candidates) {
      counts.merge(candidate.answer(), 1, Integer::sum);
    }
    int most = Collections.max(counts.values());
    List<Identity> frequent =
        candidates.stream().filter(c -> counts.get(c.answer()) == most).toList();
    boolean tie = counts.values().stream().filter(count -> count == most).count() > 1;
    Identity first = Collections.min(tie ? candidates : frequent, SURVIVOR_ORDER);
    return first.answer();
  }
}
