package dev.attune.taxonomy;

import dev.attune.message.Messages;
import java.util.List;

/** Reports an invalid taxonomy, with every fault. */
public final class TaxonomyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  /**
   * Creates an exception.
   *
   * @param faults {@code place:line: sentence} each, in the order of the file; at least one
   */
  TaxonomyException(List<String> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns every fault as {@code place:line: sentence}, in the order of the file. */
  public List<String> faults() {
    return faults;
  }

  private static String message(List<String> faults) {
    int more = faults.size() - 1;
    return switch (more) {
      case 0 -> faults.get(0);
      case 1 -> Messages.of("taxonomy.taxonomy.one-more", faults.get(0));
      default -> Messages.of("taxonomy.taxonomy.more", faults.get(0), more);
    };
  }
}
