package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of one record for one key.
 *
 * @param kind the role of the key in the record
 * @param key the key by which entries are compared
 * @param prompt the prompt key of the record
 * @param continuation the key of the turns of a beginning and the next turn; otherwise {@code key}
 * @param node the node of the record's group
 * @param id the full id
 * @param carried the split of the previous dataset that the record is in, or null
 * @param wasCommon whether the key was common in the previous dataset
 */
public record PromptEntry(
    Kind kind,
    Key128 key,
    Key128 prompt,
    Key128 continuation,
    long node,
    String id,
    @Nullable Split carried,
    boolean wasCommon) {
  /** The role of a key in a record. */
  enum Kind {
    /** The prompt key. */
    PROMPT,
    /** The key of the whole dialogue. */
    DIALOGUE,
    /** The key of the first turns. */
    BEGINNING
  }

  /** Returns the entries of a record. A prompt without letters and digits has no entry. */
  public static List<PromptEntry> of(Asked asked) {
    List<PromptEntry> entries = new ArrayList<>(2 + asked.beginnings().size());
    Key128 prompt = asked.prompt();
    add(Kind.PROMPT, prompt, prompt, asked, entries);
    add(Kind.DIALOGUE, asked.dialogue(), asked.dialogue(), asked, entries);
    for (Asked.Beginning beginning : asked.beginnings()) {
      add(Kind.BEGINNING, beginning.key(), beginning.continuation(), asked, entries);
    }
    return entries;
  }

  private static void add(
      Kind kind, Key128 key, Key128 continuation, Asked asked, List<PromptEntry> to) {
    if (!key.equals(Identity.Keys.NO_PROMPT)) {
      boolean wasCommon =
          (kind == Kind.PROMPT && asked.common().joinsNothing())
              || (kind == Kind.DIALOGUE && asked.common() == Commonness.BEGINNING);
      to.add(
          new PromptEntry(
              kind,
              key,
              asked.prompt(),
              continuation,
              asked.node(),
              asked.id(),
              asked.carried(),
              wasCommon));
    }
  }
}
