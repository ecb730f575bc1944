package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.NearRelation.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What stands in both files and must not: groups, prompts, beginnings, near texts, families. */
final class LeakCheck {
  private final JudgedCase judged;
  private final CommonKeys common;
  private final Set<Pair> surelyNear;
  private final List<JudgedRecord> written;
  private final List<String> findings = new ArrayList<>();

  LeakCheck(JudgedCase judged, CommonKeys common, Set<Pair> surelyNear) {
    this.judged = judged;
    this.common = common;
    this.surelyNear = surelyNear;
    this.written = judged.written();
  }

  List<String> findings() {
    groups();
    prompts();
    beginnings();
    parents();
    if (judged.rules.near()) {
      surelyNear.forEach(pair -> across("near", pair.id(), pair.other()));
    }
    return findings;
  }

  private void across(String rule, String id, String other) {
    String file = judged.fileOf(id);
    String otherFile = judged.fileOf(other);
    // What was carried over was proven where it was written first, by what was joined then.
    boolean carried = judged.isCarried(id) && judged.isCarried(other);
    if (file != null && otherFile != null && !file.equals(otherFile) && !carried) {
      findings.add(rule + ": " + id + " in " + file + ", " + other + " in " + otherFile);
    }
  }

  private void groups() {
    Map<String, JudgedRecord> byGroup = new HashMap<>();
    for (JudgedRecord each : written) {
      if (judged.rules.byGroup() && each.group() != null && !common.promptMayBeCommon(each)) {
        JudgedRecord first = byGroup.putIfAbsent(each.group(), each);
        across("group " + each.group(), each.id(), (first == null ? each : first).id());
      }
    }
  }

  private void prompts() {
    Map<List<String>, Map<String, String>> idByFile = new HashMap<>();
    for (JudgedRecord each : written) {
      List<String> key = each.promptKey();
      if (key == null) {
        continue;
      }
      String file = Objects.requireNonNull(judged.fileOf(each.id()));
      Map<String, String> ids = idByFile.computeIfAbsent(key, k -> new HashMap<>());
      if (ids.putIfAbsent(file, each.id()) == null && ids.size() == 2) {
        findings.add("prompt: in both files, " + ids);
      }
      if (common.promptIsCommon(each) && isNewInValidation(each)) {
        findings.add("common prompt: in validation, " + each.id());
      }
    }
  }

  private boolean isNewInValidation(JudgedRecord record) {
    return judged.inValidation(record.id()) && !judged.isCarried(record.id());
  }

  private void beginnings() {
    for (Pair pair : beginningPairs(written, common)) {
      across("beginning", pair.id(), pair.other());
    }
    for (JudgedRecord each : written) {
      if (common.beginningIsCommon(each) && isNewInValidation(each)) {
        findings.add("common beginning: in validation, " + each.id());
      }
    }
  }

  /** A dialogue and each one that it begins. */
  static List<Pair> beginningPairs(Collection<JudgedRecord> records, CommonKeys common) {
    Map<List<String>, List<JudgedRecord>> byTurns = new HashMap<>();
    for (JudgedRecord each : records) {
      if (CommonKeys.canBegin(each)
          && !common.promptMayBeCommon(each)
          && !common.beginningMayBeCommon(each)) {
        byTurns.computeIfAbsent(each.folded(each.turns()), k -> new ArrayList<>()).add(each);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (JudgedRecord longer : records) {
      if (!common.promptMayBeCommon(longer)) {
        for (int turns = 2; turns < longer.turns().size(); turns += 2) {
          List<String> beginning = longer.folded(longer.turns().subList(0, turns));
          byTurns
              .getOrDefault(beginning, List.of())
              .forEach(each -> pairs.add(new Pair(each.id(), longer.id())));
        }
      }
    }
    return pairs;
  }

  private void parents() {
    Map<String, String> firstChild = new HashMap<>();
    for (JudgedRecord each : written) {
      if (each.parent() != null && !common.promptMayBeCommon(each)) {
        JudgedRecord parent = judged.members.get(each.parent());
        if (parent != null && !common.promptMayBeCommon(parent)) {
          across("parent", each.id(), parent.id());
        } else if (parent == null) {
          String first = firstChild.putIfAbsent(each.parent(), each.id());
          across("unknown parent " + each.parent(), each.id(), first == null ? each.id() : first);
        }
      }
    }
  }

  /**
   * Pairs of written records that nearness joins however the contract is read: templates looked for
   * among all records or among the written ones, in prompts and whole texts together or apart.
   */
  static Set<Pair> surelyNear(JudgedCase judged, CommonKeys common) {
    List<JudgedRecord> all = uncommon(judged.members.values(), common);
    List<JudgedRecord> written = uncommon(judged.written(), common);
    List<String> ids = written.stream().map(JudgedRecord::id).toList();
    JudgedRules rules = judged.rules;
    NearRelation ofAll =
        all.size() == judged.members.size()
            ? judged.nearness()
            : new NearRelation(all, rules.conversation(), rules.percent());
    Set<Pair> sure = new HashSet<>(ofAll.joined(true, ids));
    if (ofAll.largest() > CommonKeys.MOST_GROUPS) {
      NearRelation ofWritten =
          written.size() == all.size()
              ? ofAll
              : new NearRelation(written, rules.conversation(), rules.percent());
      sure.removeIf(new Outside(ofAll.joined(false, ids))::test);
      sure.removeIf(new Outside(ofWritten.joined(true, ids))::test);
      sure.removeIf(new Outside(ofWritten.joined(false, ids))::test);
    }
    return sure;
  }

  /** Whether a pair is not among those, in either order. */
  private record Outside(Set<Pair> pairs) {
    boolean test(Pair pair) {
      return !pairs.contains(pair) && !pairs.contains(new Pair(pair.other(), pair.id()));
    }
  }

  static List<JudgedRecord> uncommon(Collection<JudgedRecord> records, CommonKeys common) {
    return records.stream().filter(each -> !common.promptMayBeCommon(each)).toList();
  }
}
