package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.JudgedDataset.RejectedLine;
import dev.attune.pipeline.judge.JudgedDataset.WrittenExample;
import dev.attune.pipeline.judge.NearRelation.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether units are whole, and are no larger than something joins them: what is joined by whatever
 * reading of the contract must stand in one file and have one cluster; what has one cluster must be
 * joined by some reading.
 */
final class UnitCheck {
  /** From this similarity on, a pair through a dropped record is a candidate but by a miracle. */
  private static final int CERTAIN_PERCENT = 90;

  private static final Comparator<String> BY_BYTES =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private final JudgedCase judged;
  private final CommonKeys common;
  private final Set<Pair> surelyNear;
  private final List<String> findings = new ArrayList<>();

  /**
   * A check of one dataset.
   *
   * @param surelyNear pairs that nearness joins, see {@link LeakCheck#surelyNear}
   */
  UnitCheck(JudgedCase judged, CommonKeys common, Set<Pair> surelyNear) {
    this.judged = judged;
    this.common = common;
    this.surelyNear = surelyNear;
  }

  List<String> findings() {
    DisjointSets least = least();
    for (List<String> unit : least.sets(judged.members.keySet()).values()) {
      checkWhole(unit);
    }
    checkConflicts();
    if (judged.previous == null) {
      least.sets(judged.members.keySet()).values().forEach(this::checkCluster);
      checkClustersAreJoined();
    }
    return findings;
  }

  private void checkWhole(List<String> unit) {
    Set<String> carriedFiles = new HashSet<>();
    Set<String> files = new HashSet<>();
    List<String> fresh = new ArrayList<>();
    boolean cut = false;
    for (String id : unit) {
      RejectedLine line = judged.dropped.get(id);
      cut |= line != null && line.reason().equals("OVER_CAPACITY");
      String file = judged.fileOf(id);
      if (file != null) {
        files.add(file);
        if (judged.isCarried(id)) {
          carriedFiles.add(file);
        } else {
          fresh.add(id);
        }
      }
    }
    if (carriedFiles.size() == 2 && !fresh.isEmpty()) {
      findings.add("conflict: the unit stands in both files before, and yet came " + fresh);
    } else if (cut && carriedFiles.isEmpty() && !fresh.isEmpty()) {
      findings.add("unit: cut, " + described(unit));
    } else if (files.size() == 2 && carriedFiles.size() < 2) {
      findings.add("unit: divided, " + described(unit));
    }
  }

  private String described(List<String> unit) {
    return unit.stream().limit(12).map(id -> id + " " + judged.fileOf(id)).toList().toString();
  }

  private void checkCluster(List<String> unit) {
    Set<String> clusters = new HashSet<>();
    String smallest = null;
    for (String id : unit) {
      WrittenExample example = judged.dataset.examples().get(id);
      if (example != null) {
        clusters.add(example.cluster());
        smallest = smallest == null || BY_BYTES.compare(id, smallest) < 0 ? id : smallest;
      }
    }
    if (clusters.size() > 1) {
      findings.add("cluster: " + clusters + " of one unit, " + described(unit));
    }
    for (String cluster : clusters) {
      if (smallest != null && BY_BYTES.compare(cluster, smallest) > 0) {
        findings.add("cluster: " + cluster + " is not the smallest id, which is " + smallest);
      }
    }
  }

  private void checkClustersAreJoined() {
    DisjointSets most = most(true);
    for (WrittenExample example : judged.dataset.examples().values()) {
      if (!most.joined(example.id(), example.cluster())) {
        findings.add("cluster: nothing joins " + example.id() + " with " + example.cluster());
      }
    }
  }

  /** A record is a SPLIT_CONFLICT only where its unit stands in both files before. */
  private void checkConflicts() {
    DisjointSets most = most(false);
    Map<String, Set<String>> carriedFiles = new HashMap<>();
    for (String id : judged.members.keySet()) {
      String file = judged.fileOf(id);
      if (file != null && judged.isCarried(id)) {
        carriedFiles.computeIfAbsent(most.root(id), root -> new HashSet<>()).add(file);
      }
    }
    for (RejectedLine line : judged.dropped.values()) {
      Set<String> files = carriedFiles.getOrDefault(most.root(line.id()), Set.of());
      if (line.reason().equals("SPLIT_CONFLICT")
          && files.size() < 2
          && !(belongsToTraining(line.id()) && files.contains(JudgedDataset.VALID))) {
        findings.add("conflict: none for " + line.id() + ", its unit stands in " + files);
      }
    }
  }

  private boolean belongsToTraining(String id) {
    JudgedRecord record = judged.members.get(id);
    return record != null
        && (common.promptMayBeCommon(record) || common.beginningMayBeCommon(record));
  }

  /** What is joined, however the contract is read. */
  private DisjointSets least() {
    DisjointSets sets = new DisjointSets();
    for (JudgedRecord each : judged.members.values()) {
      if (!common.promptMayBeCommon(each)) {
        joinGroup(each, sets);
        joinPrompt(each, sets);
        JudgedRecord parent = each.parent() == null ? null : judged.members.get(each.parent());
        if (parent != null && !common.promptMayBeCommon(parent)) {
          sets.join(each.id(), parent.id());
        } else if (each.parent() != null && parent == null) {
          sets.join(each.id(), "child of " + each.parent());
        }
      }
    }
    joinDuplicates(sets);
    LeakCheck.beginningPairs(judged.written(), common)
        .forEach(pair -> sets.join(pair.id(), pair.other()));
    joinNear(sets);
    return sets;
  }

  private void joinGroup(JudgedRecord record, DisjointSets sets) {
    if (judged.rules.byGroup() && record.group() != null) {
      sets.join(record.id(), "group " + record.group());
    }
  }

  private static void joinPrompt(JudgedRecord record, DisjointSets sets) {
    List<String> key = record.promptKey();
    if (key != null) {
      sets.join(record.id(), "prompt " + key);
    }
  }

  private void joinDuplicates(DisjointSets sets) {
    for (RejectedLine line : judged.dropped.values()) {
      JudgedRecord one = judged.members.get(line.id());
      JudgedRecord other =
          line.duplicateOf() == null ? null : judged.members.get(line.duplicateOf());
      if (one != null
          && other != null
          && line.stage().equals("dedup")
          && !common.promptMayBeCommon(one)
          && !common.promptMayBeCommon(other)) {
        sets.join(one.id(), other.id());
      }
    }
  }

  private void joinNear(DisjointSets sets) {
    if (!judged.rules.near()) {
      return;
    }
    for (Pair pair : surelyNear) {
      sets.join(pair.id(), pair.other());
    }
    if (judged.nearness().largest() <= CommonKeys.MOST_GROUPS) {
      List<JudgedRecord> all = LeakCheck.uncommon(judged.members.values(), common);
      new NearRelation(all, judged.rules.conversation(), CERTAIN_PERCENT).joinEither(sets);
    }
  }

  /**
   * Whatever may be joined by some reading.
   *
   * @param commonLeaves whether what is surely common leaves its group and its prompt
   */
  private DisjointSets most(boolean commonLeaves) {
    DisjointSets sets = new DisjointSets();
    Map<List<String>, String> byTurns = new HashMap<>();
    for (JudgedRecord each : judged.members.values()) {
      if (!commonLeaves || !common.promptIsCommon(each)) {
        joinGroup(each, sets);
        joinPrompt(each, sets);
      }
      if (each.parent() != null) {
        sets.join(
            each.id(),
            judged.members.containsKey(each.parent())
                ? each.parent()
                : "child of " + each.parent());
      }
      byTurns.put(each.folded(each.turns()), each.id());
    }
    for (JudgedRecord each : judged.members.values()) {
      for (int turns = 2; turns <= each.turns().size(); turns += 2) {
        String begins = byTurns.get(each.folded(each.turns().subList(0, turns)));
        if (begins != null) {
          sets.join(begins, each.id());
        }
      }
    }
    for (RejectedLine line : judged.dropped.values()) {
      if (line.duplicateOf() != null) {
        sets.join(line.id(), line.duplicateOf());
      }
    }
    if (judged.rules.near()) {
      judged.nearness().joinEither(sets);
    }
    return sets;
  }
}
