package dev.attune.pipeline.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which prompts and beginnings more than 20 groups share. Where the contract leaves open whom to
 * count (the dialogue itself beside those that it begins, examples that are carried over), a record
 * may be common without surely being so; a test on it then passes either way.
 */
final class CommonKeys {
  static final int MOST_GROUPS = 20;
  private static final int LEAST_WORDS = 8;

  private final JudgedCase judged;
  private final Map<List<String>, Set<String>> promptGroups = new HashMap<>();
  private final Map<List<String>, Integer> promptRecords = new HashMap<>();
  private final Map<List<String>, Set<String>> readPromptGroups = new HashMap<>();
  private final Map<List<String>, Set<String>> longerGroups = new HashMap<>();
  private final Map<List<String>, Set<String>> writtenLongerGroups = new HashMap<>();
  private final Map<List<String>, Set<String>> wholeGroups = new HashMap<>();

  CommonKeys(JudgedCase judged) {
    this.judged = judged;
    judged.members.values().forEach(this::addPrompt);
    judged.members.values().forEach(this::addDialogue);
  }

  private void addPrompt(JudgedRecord record) {
    List<String> key = record.promptKey();
    if (key != null) {
      put(promptGroups, key, record);
      promptRecords.merge(key, 1, Integer::sum);
      if (!judged.isCarried(record.id())) {
        put(readPromptGroups, key, record);
      }
    }
  }

  private void addDialogue(JudgedRecord record) {
    List<String> all = record.folded(record.turns());
    put(wholeGroups, all, record);
    for (int turns = 2; turns < record.turns().size(); turns += 2) {
      List<String> beginning = record.folded(record.turns().subList(0, turns));
      put(longerGroups, beginning, record);
      if (judged.fileOf(record.id()) != null) {
        put(writtenLongerGroups, beginning, record);
      }
    }
  }

  private void put(Map<List<String>, Set<String>> groups, List<String> key, JudgedRecord record) {
    groups.computeIfAbsent(key, k -> new HashSet<>()).add(judged.groupName(record));
  }

  private static int size(Map<List<String>, Set<String>> groups, List<String> key) {
    return groups.getOrDefault(key, Set.of()).size();
  }

  boolean promptIsCommon(JudgedRecord record) {
    List<String> key = record.promptKey();
    return key != null && size(readPromptGroups, key) > MOST_GROUPS;
  }

  /** Also where it was common in a dataset that this one builds on. */
  boolean promptMayBeCommon(JudgedRecord record) {
    List<String> key = record.promptKey();
    return key != null
        && (size(promptGroups, key) > MOST_GROUPS || judged.commonBefore.contains(key));
  }

  /** How many groups ask each common prompt, and how many records. */
  Map<Integer, Integer> recordsByGroups() {
    Map<Integer, Integer> counts = new HashMap<>();
    promptGroups.forEach(
        (key, groups) -> {
          if (groups.size() > MOST_GROUPS) {
            counts.put(groups.size(), promptRecords.getOrDefault(key, 0));
          }
        });
    return counts;
  }

  /** Every key that is common, surely or not. */
  Set<List<String>> keys() {
    Set<List<String>> keys = new HashSet<>(judged.commonBefore);
    promptGroups.forEach(
        (key, groups) -> {
          if (groups.size() > MOST_GROUPS) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** Whether a record that all of this one's turns begin has something to be joined by. */
  static boolean canBegin(JudgedRecord record) {
    return record.wordCount() >= LEAST_WORDS
        && !String.join("", record.folded(record.turns())).isEmpty();
  }

  boolean beginningIsCommon(JudgedRecord record) {
    return canBegin(record)
        && size(writtenLongerGroups, record.folded(record.turns())) > MOST_GROUPS;
  }

  boolean beginningMayBeCommon(JudgedRecord record) {
    List<String> all = record.folded(record.turns());
    Set<String> groups = new HashSet<>(longerGroups.getOrDefault(all, Set.of()));
    groups.addAll(wholeGroups.getOrDefault(all, Set.of()));
    return groups.size() > MOST_GROUPS;
  }
}
