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
 * The common prompts, and the dialogues that are a common beginning of others, with their records.
 * Memory: about 60 bytes each.
 */
public final class CommonPrompts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A prompt of more groups than this is common (contract, section 6). */
  public static final int MOST_GROUPS = 20;

  /** No common prompts and beginnings. */
  public static final CommonPrompts NONE =
      new CommonPrompts(List.of(), List.of(), List.of(), List.of());

  private final HashSet<Key128> prompts;
  private final HashSet<Key128> held;
  private final HashSet<Key128> beginnings;
  private final long[] openers;

  /**
   * @param prompts the keys of all common prompts
   * @param held those of them that validation of the previous dataset asks
   * @param beginnings the keys of all common beginnings
   * @param openers the nodes, by their ids, of the records whose whole dialogues these are
   */
  public CommonPrompts(
      Collection<Key128> prompts,
      Collection<Key128> held,
      Collection<Key128> beginnings,
      Collection<Long> openers) {
    this.prompts = new HashSet<>(prompts);
    this.held = new HashSet<>(held);
    this.beginnings = new HashSet<>(beginnings);
    this.openers = openers.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** Returns whether the prompt with this key is common. */
  public boolean isCommon(Key128 prompt) {
    return prompts.contains(prompt);
  }

  /** Returns the identity, marked if its prompt or beginning is common. */
  public Identity tell(Identity identity) {
    Key128 prompt = identity.keys().prompt();
    if (prompts.contains(prompt)) {
      return identity.common(held.contains(prompt) ? Commonness.HELD_PROMPT : Commonness.PROMPT);
    }
    return Arrays.binarySearch(openers, Join.nodeOfId(identity.rank().id())) >= 0
        ? identity.common(Commonness.BEGINNING)
        : identity;
  }

  /** Returns the shingles, marked if their prompt is common. */
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
        && held.equals(that.held)
        && beginnings.equals(that.beginnings)
        && Arrays.equals(openers, that.openers);
  }

  @Override
  public int hashCode() {
    return prompts.hashCode();
  }
}
