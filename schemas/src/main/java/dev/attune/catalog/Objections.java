package dev.attune.catalog;

import java.util.List;

/**
 * What speaks against a tuning job, a sentence each.
 *
 * @param refusals why it is not started
 * @param warnings what somebody should know before it is
 */
public record Objections(List<String> refusals, List<String> warnings) {
  public Objections {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }
}
