package dev.attune.launcher.promotion;

import dev.attune.launcher.ledger.Promotions.Entry;
import dev.attune.launcher.ledger.Promotions.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The champions that follow from the decisions on a dataset's models. A promotion pushes a model on
 * a stack, and a rollback pops it: so a second rollback goes further back, and never to a model
 * that was rolled back.
 */
public final class PromotionHistory {
  private final List<Entry> entries;
  private final Deque<String> champions = new ArrayDeque<>();

  /** Creates a history of decisions, in order. */
  public PromotionHistory(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (Entry entry : entries) {
      switch (entry.kind()) {
        case PROMOTED, FORCED -> champions.push(entry.model());
        case ROLLED_BACK -> champions.poll();
        case REFUSED, DECLINED -> {}
      }
    }
  }

  /** Returns the number of decisions. */
  int size() {
    return entries.size();
  }

  /** Returns the model in use, or null. */
  public @Nullable String champion() {
    return champions.peek();
  }

  /** Returns the model that a rollback puts back, or null. */
  @Nullable String before() {
    return champions.stream().skip(1).findFirst().orElse(null);
  }

  /** Returns the decision that put the champion into use, or null. */
  @Nullable Entry lastChange() {
    return last(entries.stream().filter(entry -> entry.kind().isInUse()).toList());
  }

  /**
   * Returns the decisions on a model, in order; a rollback is one on the model that it puts back.
   */
  public List<Entry> of(String model) {
    return entries.stream().filter(entry -> entry.model().equals(model)).toList();
  }

  /** Returns the last forced promotion of a model, or null. */
  public @Nullable Entry forced(String model) {
    return last(of(model).stream().filter(entry -> entry.kind() == Kind.FORCED).toList());
  }

  /** Returns the decision that declined a model, or null; also null if it came into use later. */
  public @Nullable Entry declined(String model) {
    return last(sinceInUse(model).stream().filter(entry -> entry.kind() == Kind.DECLINED).toList());
  }

  /** Returns the last refusal of a model, or null; also null if it came into use later. */
  public @Nullable Entry refused(String model) {
    return last(sinceInUse(model).stream().filter(entry -> entry.kind() == Kind.REFUSED).toList());
  }

  /** Returns whether a model is or was in use. */
  public boolean wasInUse(String model) {
    return of(model).stream().anyMatch(entry -> entry.kind().isInUse());
  }

  private List<Entry> sinceInUse(String model) {
    List<Entry> since = new ArrayList<>();
    for (Entry entry : of(model)) {
      if (entry.kind().isInUse()) {
        since.clear();
      }
      since.add(entry);
    }
    return since;
  }

  private static @Nullable Entry last(List<Entry> some) {
    return some.isEmpty() ? null : some.get(some.size() - 1);
  }
}
