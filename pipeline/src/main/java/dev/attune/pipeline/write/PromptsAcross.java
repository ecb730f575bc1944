package dev.attune.pipeline.write;

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
 * Measures on lines that were written, parsed again, which prompt keys stand in both splits, and
 * which dialogues of one split are the beginning of one of the other. All of validation is told
 * first (at most 5,000 examples are held), then training, from any thread. Pairs that were both
 * carried over were proven when they were written, and are not counted.
 */
final class PromptsAcross {
  private final CommonPrompts common;
  private final Map<Key128, Boolean> heldPrompts = new HashMap<>();
  private final Map<Key128, Boolean> heldDialogues = new HashMap<>();
  private final Map<Key128, Boolean> heldBeginnings = new HashMap<>();
  private final Set<Key128> prompts = ConcurrentHashMap.newKeySet();
  private final Set<Key128> beginnings = ConcurrentHashMap.newKeySet();

  PromptsAcross(CommonPrompts common) {
    this.common = common;
  }

  /** An example of validation. */
  void hold(ExampleLine line, boolean carried) {
    PromptKeys keys = PromptKeys.of(line);
    hold(keys.prompt(), carried, heldPrompts);
    hold(keys.dialogue(), carried, heldDialogues);
    for (int i = 0; i < keys.beginnings(); i++) {
      hold(keys.beginning(i), carried, heldBeginnings);
    }
  }

  /** Under each key whether a new example has it. */
  private static void hold(Key128 key, boolean carried, Map<Key128, Boolean> held) {
    if (!key.equals(Identity.Keys.NO_PROMPT)) {
      held.merge(key, !carried, Boolean::logicalOr);
    }
  }

  /** An example of training, after all of validation was told. */
  void compare(ExampleLine line, boolean carried) {
    PromptKeys keys = PromptKeys.of(line);
    compare(keys.prompt(), carried, heldPrompts, prompts);
    boolean joinsNothing =
        common.isCommon(keys.prompt()) || common.isCommonBeginning(keys.dialogue());
    if (!joinsNothing) {
      compare(keys.dialogue(), carried, heldBeginnings, beginnings);
    }
    for (int i = 0; i < keys.beginnings(); i++) {
      compare(keys.beginning(i), carried, heldDialogues, beginnings);
    }
  }

  private static void compare(
      Key128 key, boolean carried, Map<Key128, Boolean> held, Set<Key128> across) {
    Boolean heldNew = held.get(key);
    if (heldNew != null && (heldNew || !carried)) {
      across.add(key);
    }
  }

  /** How many prompt keys stand in both splits. */
  long prompts() {
    return prompts.size();
  }

  /** How many dialogues of one split are the beginning of one of the other. */
  long beginnings() {
    return beginnings.size();
  }
}
