package dev.attune.pipeline.graph;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.nearness.Shingled;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * The common prompts, and the dialogues that are a common beginning of other dialogues, with their
 * records. Memory: about 60 bytes for each.
 */
public final class CommonPrompts implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A prompt that more groups than this share is common; see
   * docs/adr/0012-equal-prompts-and-common-ones.md.
   */
  public static final int MOST_GROUPS = 20;

  /** No common prompts and beginnings. */
  public static final CommonPrompts NONE =
      new CommonPrompts(List.of(), List.of(), List.of(), List.of());

  private final HashSet<Key128> prompts;
  private final HashSet<Key128> inValidation;
  private final HashSet<Key128> beginnings;
  private final long[] openers;

  /**
   * @param prompts the keys of all common prompts
   * @param inValidation the keys of the common prompts that are in validation of the previous
   *     dataset
   * @param beginnings the keys of all common beginnings
   * @param openers the nodes, by id, of the records whose whole dialogue is a common beginning
   */
  public CommonPrompts(
      Collection<Key128> prompts,
      Collection<Key128> inValidation,
      Collection<Key128> beginnings,
      Collection<Long> openers) {
    this.prompts = new HashSet<>(prompts);
    this.inValidation = new HashSet<>(inValidation);
    this.beginnings = new HashSet<>(beginnings);
    this.openers = openers.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** Returns whether the prompt with this key is common. */
  public boolean isCommon(Key128 prompt) {
    return prompts.contains(prompt);
  }

  /**
   * Returns a copy of the identity that is marked as common if its prompt or dialogue is, or else
   * the identity itself.
   */
  public Identity tell(Identity identity) {
    Key128 prompt = identity.keys().prompt();
    if (prompts.contains(prompt)) {
      return identity.common(
          inValidation.contains(prompt) ? Commonness.VALIDATION_PROMPT : Commonness.PROMPT);
    }
    return Arrays.binarySearch(openers, Join.nodeOfId(identity.rank().id())) >= 0
        ? identity.common(Commonness.BEGINNING)
        : identity;
  }

  /**
   * Returns a copy of the shingles that is marked as common if their prompt is, or else the
   * shingles themselves.
   */
  public Shingled tell(Shingled text) {
    return prompts.contains(text.prompt()) ? text.asCommon() : text;
  }

  /** Returns whether the dialogue with this key is a common beginning. */
  public boolean isCommonBeginning(Key128 dialogue) {
    return beginnings.contains(dialogue);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommonPrompts that
        && prompts.equals(that.prompts)
        && inValidation.equals(that.inValidation)
        && beginnings.equals(that.beginnings)
        && Arrays.equals(openers, that.openers);
  }

  @Override
  public int hashCode() {
    return prompts.hashCode();
  }
}
