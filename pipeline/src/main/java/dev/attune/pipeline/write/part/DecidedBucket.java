package dev.attune.pipeline.write.part;

import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The lines of one bucket, and what was decided about them. */
public final class DecidedBucket {
  private static final Comparator<Kept> IN_ORDER =
      Comparator.<Kept, Fingerprint>comparing(kept -> kept.body().fingerprint())
          .thenComparing(kept -> kept.body().provenance().id(), Utf8Order.ASCENDING);

  private static final Set<RejectionReason> OF_THE_SPLIT =
      EnumSet.of(RejectionReason.OVER_CAPACITY, RejectionReason.SPLIT_CONFLICT);

  private final ContentHash contentHash;
  private final List<EncodedExample> bodies = new ArrayList<>();
  private final Map<Key128, List<Decision>> decisions = new HashMap<>();

  /** A line that is not rejected, and what was decided about it. */
  public record Kept(EncodedExample body, Decision decision) {}

  public DecidedBucket(ContentHash contentHash) {
    this.contentHash = contentHash;
  }

  public void add(EncodedExample body) {
    bodies.add(body);
  }

  public void add(Decision decision) {
    decisions.computeIfAbsent(decision.record(), record -> new ArrayList<>(1)).add(decision);
  }

  /** Returns how many lines were added. */
  public int size() {
    return bodies.size();
  }

  /**
   * Returns the examples of each split in the order of its file, and hands on those that are
   * rejected.
   *
   * @throws IllegalStateException if a body has no decision or a decision no body: then a record
   *     was lost or invented on the way
   */
  public Map<Split, List<Kept>> divide(Consumer<RejectedRecord> rejected) {
    Map<Split, List<Kept>> kept = new EnumMap<>(Split.class);
    for (EncodedExample body : bodies) {
      Decision decision = takeDecision(body);
      Split split = decision.split();
      if (split == null && body.carried()) {
        throw new IllegalStateException(
            "an example of the previous dataset was rejected: " + body.provenance().location());
      }
      if (split == null) {
        rejected.accept(rejected(body, decision));
      } else {
        kept.computeIfAbsent(split, s -> new ArrayList<>()).add(new Kept(body, decision));
      }
    }
    if (!decisions.isEmpty()) {
      throw new IllegalStateException(decisions.size() + " records have a decision but no body");
    }
    kept.values().forEach(examples -> examples.sort(IN_ORDER));
    return kept;
  }

  private Decision takeDecision(EncodedExample body) {
    List<Decision> ofRecord = decisions.get(body.record());
    if (ofRecord == null) {
      throw new IllegalStateException(
          "the record at " + body.provenance().location() + " has no decision");
    }
    // Records with the same key are equal, so their decisions are interchangeable.
    Decision decision = ofRecord.remove(ofRecord.size() - 1);
    if (ofRecord.isEmpty()) {
      decisions.remove(body.record());
    }
    return decision;
  }

  private RejectedRecord rejected(EncodedExample body, Decision decision) {
    RejectionReason reason =
        Optional.ofNullable(decision.reason())
            .orElseThrow(() -> new IllegalStateException("neither written nor rejected"));
    Provenance from = body.provenance();
    return new RejectedRecord(
        from.id(),
        from.source().key(),
        from.location(),
        OF_THE_SPLIT.contains(reason) ? "split" : "dedup",
        reason,
        reason.sentence(),
        decision.duplicateOf(),
        contentHash.hex(body.line().bytes()));
  }
}
