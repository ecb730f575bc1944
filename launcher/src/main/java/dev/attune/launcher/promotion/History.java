package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.ledger.Promotions.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the decisions on a dataset's models, read in order, come to. A promotion puts a model on top
 * of those before it, a rollback takes the topmost away: so a second rollback goes further back,
 * and what was rolled back is not come back to.
 */
public final class History {
  private final List<Entry> entries;
  private final Deque<String> champions = new ArrayDeque<>();

  /** The decisions, the first first. */
  public History(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (Entry entry : entries) {
      switch (entry.kind()) {
        case PROMOTED, FORCED -> champions.push(entry.model());
        case ROLLED_BACK -> champions.poll();
        case REFUSED, DECLINED -> {}
      }
    }
  }

  /** How many decisions there are. */
  int size() {
    return entries.size();
  }

  /** The model in use, or null. */
  public @Nullable String champion() {
    return champions.peek();
  }

  /** The model that a rollback puts back, or null. */
  @Nullable String before() {
    return champions.stream().skip(1).findFirst().orElse(null);
  }

  /** The decision since which the champion is in use, or null. */
  @Nullable Entry lastChange() {
    return last(entries.stream().filter(entry -> entry.kind().isInUse()).toList());
  }

  /** The decisions on a model, the first first; a rollback is one on the model that came back. */
  public List<Entry> of(String model) {
    return entries.stream().filter(entry -> entry.model().equals(model)).toList();
  }

  /** The decision by which somebody forced a model past the gate, the last; or null. */
  public @Nullable Entry forced(String model) {
    return last(of(model).stream().filter(entry -> entry.kind() == Kind.FORCED).toList());
  }

  private static @Nullable Entry last(List<Entry> some) {
    return some.isEmpty() ? null : some.get(some.size() - 1);
  }
}
