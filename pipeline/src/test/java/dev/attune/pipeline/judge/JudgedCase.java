package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.JudgedDataset.RejectedLine;
import dev.attune.pipeline.judge.JudgedDataset.WrittenExample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went in, what came out, and what that one was built on. */
final class JudgedCase {
  /** Reasons that are judged among the records that passed everything before. */
  private static final Set<String> AFTER_THE_CHECKS =
      Set.of(
          "DUPLICATE_ID",
          "CONFLICTING_CATEGORIES",
          "EXACT_DUPLICATE",
          "NEAR_DUPLICATE",
          "SPLIT_CONFLICT",
          "OVER_CAPACITY");

  final JudgedRules rules;
  final List<JudgedRecord> inputs;
  final JudgedDataset dataset;
  final @Nullable JudgedDataset previous;

  /** Every record that passed the checks, and every example that is carried over, by id. */
  final Map<String, JudgedRecord> members = new LinkedHashMap<>();

  /** The rejected ones among them. A carried example that is read again is not among these. */
  final Map<String, RejectedLine> dropped = new HashMap<>();

  /** Prompt keys that were common in a dataset that this one builds on. */
  final Set<List<String>> commonBefore;

  private @Nullable NearRelation nearness;

  JudgedCase(JudgedRules rules, List<JudgedRecord> inputs, JudgedDataset dataset) {
    this(rules, inputs, dataset, null, List.of(), Set.of());
  }

  /**
   * Of a chain.
   *
   * @param earlier every record of the earlier datasets
   */
  JudgedCase(
      JudgedRules rules,
      List<JudgedRecord> inputs,
      JudgedDataset dataset,
      @Nullable JudgedDataset previous,
      List<JudgedRecord> earlier,
      Set<List<String>> commonBefore) {
    this.rules = rules;
    this.inputs = List.copyOf(inputs);
    this.dataset = dataset;
    this.previous = previous;
    this.commonBefore = Set.copyOf(commonBefore);
    for (JudgedRecord each : earlier) {
      if (isCarried(each.id())) {
        members.put(each.id(), each);
      }
    }
    Set<String> failed = new HashSet<>();
    for (RejectedLine line : dataset.rejected()) {
      if (!AFTER_THE_CHECKS.contains(line.reason())) {
        failed.add(line.id());
      } else if (!isCarried(line.id())) {
        dropped.put(line.id(), line);
      }
    }
    for (JudgedRecord each : inputs) {
      if (!failed.contains(each.id()) && !isCarried(each.id())) {
        members.put(each.id(), each);
      }
    }
  }

  boolean isCarried(String id) {
    return previous != null && previous.examples().containsKey(id);
  }

  /** Nearness of all members, common ones among them. */
  NearRelation nearness() {
    NearRelation known = nearness;
    if (known == null) {
      known = new NearRelation(members.values(), rules.conversation(), rules.percent());
      nearness = known;
    }
    return known;
  }

  /** Where the record stands; null if it is not written. */
  @Nullable String fileOf(String id) {
    WrittenExample example = dataset.examples().get(id);
    return example == null ? null : example.file();
  }

  boolean inValidation(String id) {
    return JudgedDataset.VALID.equals(fileOf(id));
  }

  /** Records of both files, in the order in which they were handed in. */
  List<JudgedRecord> written() {
    List<JudgedRecord> written = new ArrayList<>();
    for (JudgedRecord each : members.values()) {
      if (fileOf(each.id()) != null) {
        written.add(each);
      }
    }
    return written;
  }

  boolean across(JudgedRecord one, JudgedRecord other) {
    String file = fileOf(one.id());
    String otherFile = fileOf(other.id());
    return file != null && otherFile != null && !file.equals(otherFile);
  }

  /** The name of its group; of a record without one, a name of its own. */
  String groupName(JudgedRecord record) {
    return rules.byGroup() && record.group() != null
        ? "group " + record.group()
        : "record " + record.id();
  }
}
