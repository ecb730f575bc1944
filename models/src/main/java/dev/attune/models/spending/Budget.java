package dev.attune.models.spending;

import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a command may spend and has spent, in US dollars. Safe for several threads. Near the cap a
 * request waits until others are charged, because they usually cost less than they reserved.
 */
public final class Budget {
  private static final int PLACES = 4;

  private @Nullable BigDecimal cap;
  private BigDecimal spent = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;

  /**
   * Creates a budget.
   *
   * @param cap the most to spend, or null for no limit
   */
  public Budget(@Nullable BigDecimal cap) {
    this.cap = cap;
  }

  /** Returns the most to spend, or null. */
  public synchronized @Nullable BigDecimal cap() {
    return cap;
  }

  /** Lowers the cap, if there is one, by an amount that is paid elsewhere. */
  public synchronized void setAside(BigDecimal usd) {
    BigDecimal all = cap;
    cap = all == null ? null : all.subtract(usd).max(BigDecimal.ZERO);
  }

  /** Returns what was spent so far. */
  public synchronized BigDecimal spent() {
    return spent;
  }

  /**
   * Reserves an amount.
   *
   * @throws ModelException of kind SPENDING if it could exceed the cap
   */
  public synchronized void reserve(BigDecimal most) throws ModelException, InterruptedException {
    if (cap != null && most.signum() > 0) {
      while (reserved.signum() > 0 && exceedsCap(reserved.add(most))) {
        wait();
      }
      if (exceedsCap(most)) {
        throw new ModelException(
            Kind.SPENDING,
            Messages.of("models.spending.cap", shown(cap), shown(spent), shown(most)),
            null);
      }
    }
    reserved = reserved.add(most);
  }

  private boolean exceedsCap(BigDecimal more) {
    return cap != null && spent.add(more).compareTo(cap) > 0;
  }

  /** Replaces a reservation by what was spent. */
  public synchronized void settle(BigDecimal most, BigDecimal actual) {
    reserved = reserved.subtract(most);
    spent = spent.add(actual);
    notifyAll();
  }

  private static String shown(BigDecimal usd) {
    BigDecimal rounded = usd.setScale(PLACES, RoundingMode.CEILING).stripTrailingZeros();
    return String.format(Locale.ROOT, "US$ %,." + Math.max(2, rounded.scale()) + "f", rounded);
  }
}
