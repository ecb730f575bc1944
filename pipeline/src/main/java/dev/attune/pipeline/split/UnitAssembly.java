package dev.attune.pipeline.split;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Assembles the units of one bucket. Every identity of a unit is in the same bucket. */
public final class UnitAssembly {
  private final String seed;
  private final Long2ObjectOpenHashMap<List<Identity>> byRoot = new Long2ObjectOpenHashMap<>();

  public UnitAssembly(String seed) {
    this.seed = seed;
  }

  /** Adds an identity whose node is the root of its unit. */
  public void add(Identity identity) {
    byRoot.computeIfAbsent(identity.node(), root -> new ArrayList<>(1)).add(identity);
  }

  /** Passes on every unit and a placement for every identity, and adds the units to a summary. */
  public void assemble(UnitSummary summary, Consumer<Unit> units, Consumer<Placement> placements) {
    byRoot.forEach((root, members) -> assemble(root, members, summary, units, placements));
    summary.trim();
  }

  private void assemble(
      long root,
      List<Identity> members,
      UnitSummary summary,
      Consumer<Unit> units,
      Consumer<Placement> placements) {
    Survivors survivors = new Survivors();
    for (Identity member : members) {
      if (member.drop() == null) {
        survivors.add(member, summary);
      }
    }
    Group smallestGroup = survivors.smallestGroup;
    String smallestId = survivors.smallestId;
    if (smallestGroup == null || smallestId == null) {
      throw new IllegalStateException("a unit of " + members.size() + " records has no survivor");
    }
    Unit unit =
        new Unit(
            orderHash(smallestGroup), survivors.examples, survivors.bytes, survivors.carriedIn);
    boolean divided = unit.carriedIn() == CarriedIn.BOTH;
    if (!divided) {
      summary.offer(new LargestUnit(root, survivors.count, survivors.groups.size(), smallestId));
    }
    if (survivors.common && unit.carriedIn() == CarriedIn.TRAINING) {
      summary.addTrained(survivors.categories);
    }
    if (!divided && unit.examples() > 0) {
      summary.add(unit, survivors.categories);
      units.accept(unit);
    }
    for (Identity member : members) {
      placements.accept(
          new Placement(
              member.rank().fingerprint(),
              member.rank().record(),
              member.content(),
              member.rank().id(),
              unit.orderHash(),
              divided ? survivors.clusterOf(member, smallestId) : smallestId,
              member.drop(),
              member.rank().carried(),
              divided && !member.isCarried(),
              member.common()));
    }
  }

  /** The kept records of a unit. Examples, bytes and categories do not include carried examples. */
  private static final class Survivors {
    private @Nullable Group smallestGroup;
    private @Nullable String smallestId;
    private CarriedIn carriedIn = CarriedIn.NEITHER;
    private boolean common;
    private final EnumMap<Split, String> smallestCarried = new EnumMap<>(Split.class);
    private int count;
    private int examples;
    private long bytes;
    private final TreeSet<String> categories = new TreeSet<>();
    private final Set<Group> groups = new HashSet<>();

    void add(Identity member, UnitSummary summary) {
      Group group = new Group(member.groupName(), member.group() == null);
      groups.add(group);
      if (smallestGroup == null || group.compareTo(smallestGroup) < 0) {
        smallestGroup = group;
      }
      String id = member.rank().id();
      if (smallestId == null || Utf8Order.ASCENDING.compare(id, smallestId) < 0) {
        smallestId = id;
      }
      count++;
      Split carried = member.rank().carried();
      carriedIn = carriedIn.and(carried);
      if (carried == null) {
        bind(member.common());
        examples++;
        bytes += member.bytes();
        categories.addAll(member.categories());
      } else {
        summary.addCarried(carried, member.bytes(), member.categories());
        smallestCarried.merge(
            carried, id, (a, b) -> Utf8Order.ASCENDING.compare(a, b) <= 0 ? a : b);
      }
    }

    /** Marks the unit of a record with a common prompt or beginning as belonging to training. */
    private void bind(Commonness found) {
      if (found == Commonness.NONE) {
        return;
      }
      common = true;
      carriedIn = carriedIn.and(Split.TRAINING);
      if (found == Commonness.VALIDATION_PROMPT) {
        carriedIn = carriedIn.and(Split.VALIDATION);
      }
    }

    /**
     * Returns the cluster of a record in a unit with carried examples in both splits. Each split
     * has its own cluster.
     */
    String clusterOf(Identity member, String smallestOfAll) {
      Split carried = member.rank().carried();
      return carried == null ? smallestOfAll : smallestCarried.getOrDefault(carried, smallestOfAll);
    }
  }

  private long orderHash(Group smallestGroup) {
    HashStream64 hash =
        Hashing.xxh3_64().hashStream().putString(seed).putString(smallestGroup.name());
    return smallestGroup.ofOneRecord() ? hash.putBoolean(true).getAsLong() : hash.getAsLong();
  }

  /**
   * A group: a name that several records may have, or the id of one record without a group. If both
   * are the same text, they are still two groups.
   */
  private record Group(String name, boolean ofOneRecord) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      int order = Utf8Order.ASCENDING.compare(name, other.name);
      return order == 0 ? Boolean.compare(ofOneRecord, other.ofOneRecord) : order;
    }
  }
}
