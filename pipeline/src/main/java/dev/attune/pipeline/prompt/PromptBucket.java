package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.graph.CommonPrompts;
import it.unimi.dsi.fastutil.longs.LongAVLTreeSet;
import it.unimi.dsi.fastutil.longs.LongSortedSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares the entries of one bucket: all entries with one key are in it. A prompt key joins the
 * groups that share it, unless there are too many of them. A whole dialogue is joined with the
 * dialogues that begin with it, unless more than {@link CommonPrompts#MOST_GROUPS} groups continue
 * it in more than that many different ways. A key that was common in the previous dataset stays
 * common. Memory: about 150 bytes for each entry.
 */
public final class PromptBucket {
  private final Map<Key128, Entries> byKey = new HashMap<>();

  /** The entries with one key, by its role. */
  private record Entries(
      List<PromptEntry> prompts, List<PromptEntry> dialogues, List<PromptEntry> beginnings) {
    Entries() {
      this(new ArrayList<>(1), new ArrayList<>(1), new ArrayList<>(0));
    }

    List<PromptEntry> of(PromptEntry.Kind kind) {
      return switch (kind) {
        case PROMPT -> prompts;
        case DIALOGUE -> dialogues;
        case BEGINNING -> beginnings;
      };
    }
  }

  public void add(PromptEntry entry) {
    byKey.computeIfAbsent(entry.key(), key -> new Entries()).of(entry.kind()).add(entry);
  }

  /**
   * Compares all entries.
   *
   * @param joins receives the joins of groups with equal prompts
   * @param beginnings receives the pairs to join if the prompt of neither is common
   * @return the common prompts and beginnings
   */
  public PromptFindings resolve(Consumer<Join> joins, Consumer<BeginningJoin> beginnings) {
    PromptFindings findings = new PromptFindings();
    for (Map.Entry<Key128, Entries> entry : byKey.entrySet()) {
      Entries entries = entry.getValue();
      if (entries.prompts.size() > 1 || wasCommon(entries.prompts)) {
        joinPrompts(entries.prompts, findings, joins);
      }
      boolean goesOn = !entries.dialogues.isEmpty() && !entries.beginnings.isEmpty();
      if (goesOn || wasCommon(entries.dialogues)) {
        joinBeginnings(entries, findings, beginnings);
      }
    }
    return findings;
  }

  private static void joinPrompts(
      List<PromptEntry> prompts, PromptFindings findings, Consumer<Join> joins) {
    LongSortedSet groups = groups(prompts);
    if (groups.size() > CommonPrompts.MOST_GROUPS || wasCommon(prompts)) {
      CommonText common =
          new CommonText(prompts.get(0).key(), groups.size(), prompts.size(), smallestId(prompts));
      findings.addPrompt(common, isInValidation(prompts));
      return;
    }
    long first = groups.firstLong();
    groups.forEach(
        group -> {
          if (group != first) {
            joins.accept(new Join(first, group, Join.Cause.PROMPT));
          }
        });
  }

  private static void joinBeginnings(
      Entries entries, PromptFindings findings, Consumer<BeginningJoin> joins) {
    List<PromptEntry> dialogues = entries.dialogues;
    List<PromptEntry> longer = entries.beginnings;
    LongSortedSet groups = groups(longer);
    Set<Key128> continuations = new HashSet<>();
    longer.forEach(beginning -> continuations.add(beginning.continuation()));
    boolean many =
        groups.size() > CommonPrompts.MOST_GROUPS
            && continuations.size() > CommonPrompts.MOST_GROUPS;
    if (wasCommon(dialogues) || (many && !isInValidation(dialogues))) {
      CommonText common =
          new CommonText(
              dialogues.get(0).key(), groups.size(), longer.size(), smallestId(dialogues));
      findings.addBeginning(common, dialogues);
      return;
    }
    // Records with one prompt are already joined, so one of them is enough.
    Map<Key128, Long> first = new HashMap<>();
    dialogues.forEach(
        dialogue -> first.merge(dialogue.prompt(), dialogue.node(), (a, b) -> Math.min(a, b)));
    Set<BeginningJoin> distinct = new HashSet<>();
    first.forEach(
        (prompt, node) -> {
          for (PromptEntry beginning : longer) {
            distinct.add(
                new BeginningJoin(
                    node,
                    prompt,
                    new BeginningJoin.Longer(
                        beginning.node(), Join.nodeOfId(beginning.id()), beginning.prompt())));
          }
        });
    distinct.forEach(joins);
  }

  private static LongSortedSet groups(List<PromptEntry> entries) {
    LongAVLTreeSet groups = new LongAVLTreeSet();
    entries.forEach(entry -> groups.add(entry.node()));
    return groups;
  }

  private static boolean isInValidation(List<PromptEntry> entries) {
    return entries.stream().anyMatch(entry -> entry.carried() == Split.VALIDATION);
  }

  private static boolean wasCommon(List<PromptEntry> entries) {
    return entries.stream().anyMatch(PromptEntry::wasCommon);
  }

  private static String smallestId(List<PromptEntry> entries) {
    return entries.stream()
        .map(PromptEntry::id)
        .min(Utf8Order.ASCENDING)
        .orElseThrow(() -> new IllegalStateException("a key without a record"));
  }
}
