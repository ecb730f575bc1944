package dev.attune.format.conformance;

import dev.attune.config.OutputFormat;
import dev.attune.format.rule.Level;
import dev.attune.format.rule.Rule;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of checking one file.
 *
 * @param file its name in findings
 * @param use its use
 * @param format the format that it was checked against
 * @param lines all of them, blank ones too
 * @param linesWithErrors at most {@code lines}
 * @param bytes of the file
 * @param tokens of all lines, estimated
 * @param sha256 in hex, or empty if not computed
 * @param findings in the order of the file; the first thousand, and the first of each rule
 * @param counts findings of each rule, including those not listed
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

  /** The use of a file. */
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

  /** Returns the number of findings of a level, including those not listed. */
  public long count(Level level) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().level() == level)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
