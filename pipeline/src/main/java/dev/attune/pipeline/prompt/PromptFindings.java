package dev.attune.pipeline.prompt;

import dev.attune.message.Messages;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.schema.Printable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The common prompts and beginnings among the entries of one bucket, or of all. Memory: about 200
 * bytes for each common prompt.
 *
 * @param inValidation keys of common prompts of which a record is in the validation split of the
 *     previous dataset
 * @param openers nodes of the records whose whole dialogue is a common beginning
 */
public record PromptFindings(
    List<CommonText> prompts,
    List<CommonText> beginnings,
    Set<Key128> inValidation,
    Set<Long> openers)
    implements Serializable {
  /** The maximum number of prompts or beginnings that a note names. */
  private static final int NAMED = 5;

  private static final int LONGEST_ID = 80;

  PromptFindings() {
    this(new ArrayList<>(), new ArrayList<>(), new HashSet<>(), new HashSet<>());
  }

  /** Adds a common prompt. */
  void addPrompt(CommonText prompt, boolean isInValidation) {
    prompts.add(prompt);
    if (isInValidation) {
      inValidation.add(prompt.key());
    }
  }

  /** Adds a common beginning and the records whose whole dialogue it is. */
  void addBeginning(CommonText beginning, List<PromptEntry> dialogues) {
    beginnings.add(beginning);
    for (PromptEntry dialogue : dialogues) {
      openers.add(Join.nodeOfId(dialogue.id()));
    }
  }

  /** Returns the findings of several buckets together. */
  public static PromptFindings sum(Iterable<PromptFindings> parts) {
    PromptFindings sum = new PromptFindings();
    parts.forEach(sum::add);
    return sum;
  }

  private void add(PromptFindings other) {
    prompts.addAll(other.prompts);
    beginnings.addAll(other.beginnings);
    inValidation.addAll(other.inValidation);
    openers.addAll(other.openers);
  }

  /** Returns the common prompts and beginnings and the records that have them. */
  public CommonPrompts common() {
    return new CommonPrompts(keys(prompts), inValidation, keys(beginnings), openers);
  }

  private static List<Key128> keys(List<CommonText> texts) {
    return texts.stream().map(CommonText::key).toList();
  }

  /** Returns notes for the user. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (!prompts.isEmpty()) {
      sentences.add(
          prompts.size() == 1
              ? Messages.of("pipeline.prompt.one", CommonPrompts.MOST_GROUPS, named(prompts))
              : Messages.of(
                  "pipeline.prompt.several",
                  prompts.size(),
                  CommonPrompts.MOST_GROUPS,
                  named(prompts)));
    }
    if (!beginnings.isEmpty()) {
      sentences.add(
          beginnings.size() == 1
              ? Messages.of(
                  "pipeline.prompt.beginning", CommonPrompts.MOST_GROUPS, named(beginnings))
              : Messages.of(
                  "pipeline.prompt.beginnings",
                  beginnings.size(),
                  CommonPrompts.MOST_GROUPS,
                  named(beginnings)));
    }
    return sentences;
  }

  private static String named(List<CommonText> texts) {
    List<CommonText> inOrder = new ArrayList<>(texts);
    inOrder.sort(CommonText.LARGEST_FIRST);
    List<String> names = new ArrayList<>();
    for (CommonText text : inOrder.subList(0, Math.min(NAMED, inOrder.size()))) {
      names.add(
          Messages.of(
              "pipeline.prompt.of",
              Printable.shortened(text.smallestId(), LONGEST_ID),
              String.format(Locale.ROOT, "%,d", text.groups()),
              String.format(Locale.ROOT, "%,d", text.records())));
    }
    return Messages.of(
        inOrder.size() > NAMED ? "pipeline.prompt.most-common" : "pipeline.prompt.common",
        String.join(", ", names));
  }
}
