package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.RejectionReason;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bucket of identities came to.
 *
 * @param identities each of them once, dropped or not
 * @param joins what must stay in one split though its records do not share a group
 */
public record Resolved(List<Identity> identities, List<Join> joins) {
  public Resolved() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void keep(Identity survivor) {
    identities.add(survivor);
  }

  /**
   * The record gives way to the survivor; what hangs on it goes where the survivor goes, unless the
   * survivor's prompt is common: that one joins nothing.
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
