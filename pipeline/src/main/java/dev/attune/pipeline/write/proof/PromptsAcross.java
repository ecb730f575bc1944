package dev.attune.pipeline.write.proof;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.PromptKeys;
import dev.attune.schema.ExampleLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts prompt keys that are in both splits, and dialogues of one split that begin a dialogue of
 * the other. Add all validation examples first (at most 5,000, kept in memory), then compare
 * training examples from any thread. Pairs of carried examples are not counted: they were compared
 * when their dataset was written.
 */
final class PromptsAcross {
  private final CommonPrompts common;
  private final Map<Key128, Boolean> validationPrompts = new HashMap<>();
  private final Map<Key128, Boolean> validationDialogues = new HashMap<>();
  private final Map<Key128, Boolean> validationBeginnings = new HashMap<>();
  private final Set<Key128> prompts = ConcurrentHashMap.newKeySet();
  private final Set<Key128> beginnings = ConcurrentHashMap.newKeySet();

  PromptsAcross(CommonPrompts common) {
    this.common = common;
  }

  /** Adds a validation example. */
  void addValidation(ExampleLine line, boolean carried) {
    PromptKeys keys = PromptKeys.of(line);
    addValidation(keys.prompt(), carried, validationPrompts);
    addValidation(keys.dialogue(), carried, validationDialogues);
    for (int i = 0; i < keys.beginnings(); i++) {
      addValidation(keys.beginning(i), carried, validationBeginnings);
    }
  }

  /** Records a key and whether a new example has it. */
  private static void addValidation(Key128 key, boolean carried, Map<Key128, Boolean> validation) {
    if (!key.equals(Identity.Keys.NO_PROMPT)) {
      validation.merge(key, !carried, Boolean::logicalOr);
    }
  }

  /** Compares a training example; call it after all validation examples were added. */
  void compare(ExampleLine line, boolean carried) {
    PromptKeys keys = PromptKeys.of(line);
    compare(keys.prompt(), carried, validationPrompts, prompts);
    boolean joinsNothing =
        common.isCommon(keys.prompt()) || common.isCommonBeginning(keys.dialogue());
    if (!joinsNothing) {
      compare(keys.dialogue(), carried, validationBeginnings, beginnings);
    }
    for (int i = 0; i < keys.beginnings(); i++) {
      compare(keys.beginning(i), carried, validationDialogues, beginnings);
    }
  }

  private static void compare(
      Key128 key, boolean carried, Map<Key128, Boolean> validation, Set<Key128> across) {
    Boolean newInValidation = validation.get(key);
    if (newInValidation != null && (newInValidation || !carried)) {
      across.add(key);
    }
  }

  /** Returns the number of prompt keys in both splits. */
  long prompts() {
    return prompts.size();
  }

  /** Returns the number of dialogues in one split that begin a dialogue of the other. */
  long beginnings() {
    return beginnings.size();
  }
}
