package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.RejectionReason;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of resolving a bucket of identities.
 *
 * @param identities each identity of the bucket once, dropped or not
 * @param joins pairs of nodes that must stay in one split
 */
public record Resolved(List<Identity> identities, List<Join> joins) {
  public Resolved() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void keep(Identity survivor) {
    identities.add(survivor);
  }

  /**
   * Adds a record that is dropped for a survivor. Also joins their nodes if other records depend on
   * the dropped one, unless the prompt of the survivor is common.
   */
  void drop(Identity dropped, RejectionReason reason, Identity survivor) {
    boolean joining = dropped.joins() && !survivor.common().joinsNothing();
    if (joining && dropped.node() != survivor.node()) {
      boolean near = reason == RejectionReason.NEAR_DUPLICATE;
      joins.add(
          new Join(
              dropped.node(), survivor.node(), near ? Join.Cause.NEARNESS : Join.Cause.DUPLICATE));
    }
    identities.add(dropped.dropped(reason, survivor));
  }

  /** Adds a record that was dropped before and now follows a survivor. */
  void follow(Identity follower, Identity survivor) {
    identities.add(follower.following(survivor));
  }
}
