package dev.attune.pipeline.dedup;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.RejectionReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves duplicate ids among the records of one bucket of ids. Of the records with one id the
 * first in survivor order stays. The others are EXACT_DUPLICATE if their normal forms equal those
 * of the first, and DUPLICATE_ID if not. Carried examples always stay. Also finds the records that
 * are parents of others, and joins them with their children.
 */
public final class IdResolution {
  private final Map<String, List<Identity>> byId = new HashMap<>();
  private final Set<String> parents = new HashSet<>();

  public void add(Identity identity) {
    byId.computeIfAbsent(identity.rank().id(), id -> new ArrayList<>(1)).add(identity);
  }

  /** Adds the id of a record from which another record, in any bucket, was made. */
  public void addParent(String id) {
    parents.add(id);
  }

  public Resolved resolve() {
    Resolved resolved = new Resolved();
    for (Map.Entry<String, List<Identity>> entry : byId.entrySet()) {
      resolveId(entry.getKey(), entry.getValue(), resolved);
    }
    return resolved;
  }

  private void resolveId(String id, List<Identity> records, Resolved resolved) {
    if (parents.contains(id)) {
      records.replaceAll(Identity::referenced);
      for (Identity record : records) {
        long parent = Join.nodeOfId(id);
        if (record.node() != parent) {
          resolved.joins().add(new Join(record.node(), parent, Join.Cause.PARENT));
        }
      }
    }
    records.sort(Comparator.comparing(Identity::rank));
    Identity survivor = records.get(0);
    // The joins of a dropped record now concern the survivor, which may itself be dropped later.
    boolean joined = records.stream().anyMatch(Identity::joins);
    resolved.keep(joined ? survivor.referenced() : survivor);
    for (Identity record : records.subList(1, records.size())) {
      if (record.isCarried()) {
        resolved.keep(record);
        continue;
      }
      boolean same = record.sameContent(survivor);
      resolved.drop(
          record, same ? RejectionReason.EXACT_DUPLICATE : RejectionReason.DUPLICATE_ID, survivor);
    }
  }
}
