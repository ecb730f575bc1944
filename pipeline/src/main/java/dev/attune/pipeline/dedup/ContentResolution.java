package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.RejectionReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves duplicates among the records of one bucket of contents. Among records with the same
 * content, the most frequent answer wins; on a tie, the answer of the first record in survivor
 * order. Of the records with that answer the first in survivor order stays, and the others are
 * EXACT_DUPLICATE. Records with another answer are CONFLICTING_CATEGORIES. In a conversation
 * dataset the answer is part of the content, and all answers are equal here. Records that were
 * dropped before only follow their survivor.
 *
 * <p>A carried example always stays, and its answer wins however frequent other answers are.
 * Several carried examples have the same content only if the normal form has changed since they
 * were written; then each of them stays.
 */
public final class ContentResolution {
  private final Map<Key128, List<Identity>> byContent = new HashMap<>();

  public void add(Identity identity) {
    byContent.computeIfAbsent(identity.content(), content -> new ArrayList<>(1)).add(identity);
  }

  public Resolved resolve() {
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
    List<Identity> candidates = new ArrayList<>();
    List<Identity> followers = new ArrayList<>();
    for (Identity record : records) {
      (record.drop() == null ? candidates : followers).add(record);
    }
    candidates.sort(Comparator.comparing(Identity::rank));
    if (candidates.get(0).isCarried()) {
      resolveToCarried(candidates, followers, resolved);
      return;
    }
    int first = survivor(candidates);
    // The joins of a dropped record now concern the survivor, which may itself be dropped for a
    // near one.
    boolean joined = candidates.stream().anyMatch(Identity::joins);
    Identity survivor = candidates.remove(first);
    resolved.keep(joined ? survivor.referenced() : survivor);
    for (Identity record : candidates) {
      boolean same = record.answer().equals(survivor.answer());
      resolved.drop(
          record,
          same ? RejectionReason.EXACT_DUPLICATE : RejectionReason.CONFLICTING_CATEGORIES,
          survivor);
    }
    for (Identity follower : followers) {
      resolved.follow(follower, survivor);
    }
  }

  /** Resolves a content with carried examples, which are first among the candidates. */
  private static void resolveToCarried(
      List<Identity> candidates, List<Identity> followers, Resolved resolved) {
    List<Identity> carried = candidates.stream().filter(Identity::isCarried).toList();
    Identity first = carried.get(0);
    boolean joined = candidates.stream().anyMatch(Identity::joins);
    for (Identity example : carried) {
      resolved.keep(joined ? example.referenced() : example);
    }
    for (Identity record : candidates.subList(carried.size(), candidates.size())) {
      Identity same = sameAnswer(record, carried);
      if (same == null) {
        resolved.drop(record, RejectionReason.CONFLICTING_CATEGORIES, first);
      } else {
        resolved.drop(record, RejectionReason.EXACT_DUPLICATE, same);
      }
    }
    for (Identity follower : followers) {
      resolved.follow(follower, first);
    }
  }

  /** Returns the carried example with the same line, or the first with the same answer, or null. */
  private static @Nullable Identity sameAnswer(Identity record, List<Identity> carried) {
    Identity found = null;
    for (Identity example : carried) {
      if (example.rank().fingerprint().equals(record.rank().fingerprint())) {
        return example;
      }
      if (found == null && example.answer().equals(record.answer())) {
        found = example;
      }
    }
    return found;
  }

  /** Returns the index of the survivor among candidates in survivor order. */
  private static int survivor(List<Identity> candidates) {
    Map<Key128, Integer> counts = new HashMap<>();
    for (Identity candidate : candidates) {
      counts.merge(candidate.answer(), 1, Integer::sum);
    }
    int most = Collections.max(counts.values());
    if (Collections.frequency(counts.values(), most) > 1) {
      return 0;
    }
    int at = 0;
    while (counts.getOrDefault(candidates.get(at).answer(), 0) < most) {
      at++;
    }
    return at;
  }
}
