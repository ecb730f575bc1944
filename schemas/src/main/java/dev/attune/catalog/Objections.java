package dev.attune.catalog;

import java.util.List;

/**
 * Refusals and warnings about a tuning job, as sentences.
 *
 * @param refusals reasons not to start it
 * @param warnings facts to know before it starts
 */
public record Objections(List<String> refusals, List<String> warnings) {
  public Objections {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }
}
