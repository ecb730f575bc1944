package dev.attune.format.conformance;

import dev.attune.config.OutputFormat;
import dev.attune.format.rule.Level;
import dev.attune.format.rule.Rule;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of checking one file.
 *
 * @param file as the caller named it
 * @param use what it is for
 * @param format that it was checked for
 * @param lines all of them, blank ones too
 * @param linesWithErrors at most {@code lines}
 * @param bytes of the file
 * @param tokens of all lines, estimated
 * @param sha256 in hex, or empty where nobody asked for it
 * @param findings in the order of the file; the first thousand, and the first of each rule
 * @param counts how often each rule was broken, also where the findings are not listed
 */
public record FileReport(
    String file,
    Use use,
    OutputFormat format,
    long lines,
    long linesWithErrors,
    long bytes,
    long tokens,
    String sha256,
    List<Finding> findings,
    Map<Rule, Long> counts) {

  /** What a file is for. */
  public enum Use {
    TRAINING,
    VALIDATION
  }

  public FileReport {
    findings = List.copyOf(findings);
    Map<Rule, Long> copy = new EnumMap<>(Rule.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  /** How many findings of a level there are, listed or not. */
  public long count(Level level) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().level() == level)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
