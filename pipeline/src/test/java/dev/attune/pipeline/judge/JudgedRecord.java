package dev.attune.pipeline.judge;

import dev.attune.pipeline.judge.text.JudgedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that a test hands in.
 *
 * @param id the full id, {@code source:id}
 * @param group what it brings, or null
 * @param parent the full id of the record it was made from, or null
 * @param system its system instruction, or null
 * @param turns by turns the user's and the model's; in a classification dataset the last one is the
 *     answer as it is written
 * @param media URIs that stand before the first turn
 * @param quality in tenths
 */
record JudgedRecord(
    String id,
    @Nullable String group,
    @Nullable String parent,
    @Nullable String system,
    List<String> turns,
    List<String> media,
    int quality) {
  JudgedRecord {
    turns = List.copyOf(turns);
    media = List.copyOf(media);
  }

  static JudgedRecord of(String id, String... turns) {
    return new JudgedRecord("generated:" + id, null, null, null, List.of(turns), List.of(), 90);
  }

  JudgedRecord in(@Nullable String newGroup) {
    return new JudgedRecord(id, newGroup, parent, system, turns, media, quality);
  }

  JudgedRecord childOf(@Nullable String newParent) {
    return new JudgedRecord(id, group, newParent, system, turns, media, quality);
  }

  JudgedRecord told(@Nullable String newSystem) {
    return new JudgedRecord(id, group, parent, newSystem, turns, media, quality);
  }

  JudgedRecord rated(int tenths) {
    return new JudgedRecord(id, group, parent, system, turns, media, tenths);
  }

  /** An observation: a text with photos, and the categories that it shows. */
  static JudgedRecord observation(String id, String text, String answer, List<String> media) {
    return new JudgedRecord(
        "observations:" + id, null, null, null, List.of(text, answer), media, 0);
  }

  boolean isGenerated() {
    return id.startsWith("generated:");
  }

  /** The id within its source. */
  String plainId() {
    return id.substring(id.indexOf(':') + 1);
  }

  String answer() {
    return turns.get(turns.size() - 1);
  }

  List<String> promptTurns() {
    return turns.subList(0, turns.size() - 1);
  }

  /** The normal forms of the prompt, with its system instruction and media. */
  List<String> promptForms() {
    List<String> forms = new ArrayList<>(media);
    forms.add("system " + (system == null ? "" : JudgedText.normalForm(system)));
    promptTurns().forEach(turn -> forms.add(JudgedText.normalForm(turn)));
    return forms;
  }

  /** The normal forms of prompt and answer. */
  List<String> forms() {
    List<String> forms = promptForms();
    forms.add(JudgedText.normalForm(answer()));
    return forms;
  }

  /** The turns as prompt keys and beginnings compare them, media first. */
  List<String> folded(List<String> some) {
    List<String> folded = new ArrayList<>(media);
    some.forEach(turn -> folded.add(JudgedText.folded(turn)));
    return folded;
  }

  /** The prompt key; null where it is empty and joins nothing. */
  @Nullable List<String> promptKey() {
    List<String> key = folded(promptTurns());
    return String.join("", key).isEmpty() ? null : key;
  }

  /** How many words all turns have together. */
  int wordCount() {
    return turns.stream().mapToInt(turn -> JudgedText.words(turn).size()).sum();
  }

  /** The words that nearness compares of the prompt: media, then the turns. */
  List<String> promptWords() {
    List<String> words = new ArrayList<>(media);
    promptTurns().forEach(turn -> words.addAll(JudgedText.words(turn)));
    return words;
  }

  List<String> answerWords() {
    return JudgedText.words(answer());
  }
}
