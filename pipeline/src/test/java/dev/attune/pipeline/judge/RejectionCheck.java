package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.JudgedDataset.RejectedLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether each record that was rejected after the checks deserved it, and each that is written did
 * not: nothing is dropped for being joined.
 */
final class RejectionCheck {
  private final JudgedCase judged;
  private final NearRelation near;
  private final CommonKeys common;
  private final Map<List<String>, List<JudgedRecord>> byContent = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int late;

  RejectionCheck(JudgedCase judged, CommonKeys common) {
    this.judged = judged;
    this.common = common;
    this.near = judged.nearness();
    for (JudgedRecord each : judged.members.values()) {
      byContent.computeIfAbsent(content(each), content -> new ArrayList<>()).add(each);
    }
  }

  private List<String> content(JudgedRecord record) {
    return judged.rules.conversation() ? record.forms() : record.promptForms();
  }

  List<String> findings() {
    judged.dropped.values().forEach(this::check);
    byContent.values().forEach(this::checkOneIsLeft);
    if (judged.rules.near()) {
      checkNothingNearIsLeft();
    }
    // The comparison after the split is for what no band made a candidate: one pair in a hundred.
    if (late > 1 + judged.members.size() / 200) {
      findings.add("rejected: " + late + " records only because they are near to validation");
    }
    return findings;
  }

  private void check(RejectedLine line) {
    JudgedRecord record = judged.members.get(line.id());
    if (record == null) {
      findings.add("rejected: nobody handed in " + line.id());
      return;
    }
    switch (line.reason()) {
      case "EXACT_DUPLICATE" -> checkExact(record, line);
      case "CONFLICTING_CATEGORIES" -> checkConflict(record, line);
      case "NEAR_DUPLICATE" -> checkNear(record, line);
      case "SPLIT_CONFLICT" -> {
        if (judged.previous == null) {
          findings.add("rejected: " + line.id() + " for a conflict with no dataset");
        }
      }
      case "OVER_CAPACITY" -> {}
      default -> findings.add("rejected: " + line.id() + " for " + line.reason());
    }
  }

  /** Equal to another one, which stands, or which gave way to the one that is named. */
  private void checkExact(JudgedRecord record, RejectedLine line) {
    boolean stands =
        byContent.getOrDefault(content(record), List.of()).stream()
            .filter(other -> !other.id().equals(record.id()))
            .filter(other -> judged.rules.conversation() || sameAnswer(other, record))
            .anyMatch(other -> standsFor(other, line));
    if (!stands) {
      findings.add("rejected: " + line.id() + " is no exact duplicate of " + line.duplicateOf());
    }
  }

  private static boolean sameAnswer(JudgedRecord one, JudgedRecord other) {
    return one.answer().equals(other.answer());
  }

  private boolean standsFor(JudgedRecord other, RejectedLine line) {
    RejectedLine its = judged.dropped.get(other.id());
    return other.id().equals(line.duplicateOf())
        || (its != null
            && line.duplicateOf() != null
            && line.duplicateOf().equals(its.duplicateOf()));
  }

  private void checkConflict(JudgedRecord record, RejectedLine line) {
    boolean other =
        !judged.rules.conversation()
            && byContent.getOrDefault(content(record), List.of()).stream()
                .anyMatch(each -> !sameAnswer(each, record) && standsFor(each, line));
    if (!other) {
      findings.add("rejected: " + line.id() + " has no conflict with " + line.duplicateOf());
    }
  }

  private void checkNear(JudgedRecord record, RejectedLine line) {
    String of = line.duplicateOf();
    if (!judged.rules.near() || of == null || !near.knows(of)) {
      findings.add("rejected: " + line.id() + " cannot be a near duplicate of " + of);
      return;
    }
    if (droppedEarly(record.id(), of)) {
      return;
    }
    // What it gave way to may itself have left training for validation.
    for (RejectedLine other : judged.dropped.values()) {
      if (other.reason().equals("NEAR_DUPLICATE")
          && of.equals(other.duplicateOf())
          && !other.id().equals(record.id())
          && other.stage().equals("split")
          && droppedEarly(record.id(), other.id())) {
        return;
      }
    }
    if (judged.inValidation(of) && near.either(record.id(), of) && line.stage().equals("split")) {
      late++;
    } else {
      findings.add("rejected: " + line.id() + " is not near to " + of + " in prompt and answer");
    }
  }

  private boolean droppedEarly(String id, String other) {
    JudgedRecord one = judged.members.get(id);
    JudgedRecord two = judged.members.get(other);
    return one != null
        && two != null
        && near.both(id, other)
        && (judged.rules.conversation() || sameAnswer(one, two));
  }

  private void checkOneIsLeft(List<JudgedRecord> equal) {
    List<String> written = new ArrayList<>();
    boolean fresh = false;
    for (JudgedRecord each : equal) {
      if (judged.fileOf(each.id()) != null) {
        written.add(each.id());
        fresh |= !judged.isCarried(each.id());
      }
    }
    if (written.size() > 1 && fresh) {
      findings.add("duplicates: both are written, " + written);
    }
    checkSurvivor(equal);
  }

  /** Where all of a set gave way, it was to something else than one of its own. */
  private void checkSurvivor(List<JudgedRecord> equal) {
    if (!judged.rules.conversation() || equal.size() == 1) {
      return;
    }
    Comparator<JudgedRecord> order =
        Comparator.<JudgedRecord, Boolean>comparing(each -> !judged.isCarried(each.id()))
            .thenComparing(JudgedRecord::isGenerated)
            .thenComparing(each -> -each.quality())
            .thenComparing(JudgedRecord::id);
    JudgedRecord first = equal.stream().min(order).orElseThrow();
    RejectedLine line = judged.dropped.get(first.id());
    if (line != null && line.reason().equals("EXACT_DUPLICATE")) {
      findings.add("duplicates: " + first.id() + " comes first and was dropped");
    }
  }

  /** Pairs that one of both should have been dropped of; a few may not have been candidates. */
  private void checkNothingNearIsLeft() {
    if (near.largest() > CommonKeys.MOST_GROUPS) {
      return;
    }
    Set<String> left = new HashSet<>();
    Collection<JudgedRecord> written = judged.written();
    int pairs = 0;
    for (JudgedRecord one : written) {
      for (JudgedRecord other : written) {
        if (one.id().compareTo(other.id()) < 0 && shouldDrop(one, other)) {
          pairs++;
          left.add(one.id() + " and " + other.id());
        }
      }
    }
    if (pairs > 1 + judged.members.size() / 100) {
      findings.add("near: both are written, " + left);
    }
  }

  private boolean shouldDrop(JudgedRecord one, JudgedRecord other) {
    return !(judged.isCarried(one.id()) && judged.isCarried(other.id()))
        && droppedEarly(one.id(), other.id())
        && !common.promptMayBeCommon(one);
  }
}
