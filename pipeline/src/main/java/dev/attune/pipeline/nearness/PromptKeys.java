package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.text.ConfusableForm;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys by which prompts and beginnings of dialogues are recognized in other records. A key is a
 * hash of the {@link ConfusableForm} of the first turns and their media, without the system
 * instruction, concatenated: the ends and the roles of the turns do not matter. The rules are in
 * docs/adr/0012-equal-prompts-and-common-ones.md.
 *
 * @param words the number of words of all turns, counted up to {@code LEAST_WORDS}
 */
public record PromptKeys(List<Key128> afterTurns, int words) {
  /** A dialogue of fewer words does not count as the beginning of another one. */
  private static final int LEAST_WORDS = 8;

  public PromptKeys {
    afterTurns = List.copyOf(afterTurns);
  }

  /** Returns the keys of an example. */
  public static PromptKeys of(ExampleLine line) {
    List<String> forms = new ArrayList<>();
    line.turns().forEach(turn -> forms.add(NormalForm.of(turn.text())));
    return of(line.turns(), forms);
  }

  /** Returns the keys of turns whose normal forms are known. */
  public static PromptKeys of(List<Turn> turns, List<String> normalForms) {
    HashStream128 hash = Hashing.xxh3_128().hashStream();
    StringBuilder form = new StringBuilder();
    List<Key128> keys = new ArrayList<>(turns.size());
    boolean blank = true;
    int words = 0;
    for (int i = 0; i < turns.size(); i++) {
      form.setLength(0);
      for (String uri : turns.get(i).media()) {
        ConfusableForm.append(NormalForm.of(uri), form);
      }
      ConfusableForm.append(normalForms.get(i), form);
      hash.putChars(form);
      blank &= form.isEmpty();
      keys.add(blank ? Identity.Keys.NO_PROMPT : Key128.of(hash.get()));
      words += WordScan.count(normalForms.get(i), LEAST_WORDS - words);
    }
    return new PromptKeys(keys, words);
  }

  /** Returns the prompt key, that of all turns but the last. */
  public Key128 prompt() {
    return afterTurns.size() < 2 ? Identity.Keys.NO_PROMPT : afterTurns.get(afterTurns.size() - 2);
  }

  /**
   * Returns the key of the whole dialogue, or {@link Identity.Keys#NO_PROMPT} if it is too short to
   * be a beginning.
   */
  public Key128 dialogue() {
    return words < LEAST_WORDS ? Identity.Keys.NO_PROMPT : afterTurns.get(afterTurns.size() - 1);
  }

  /** Returns the number of beginnings with two turns or more. */
  public int beginnings() {
    return Math.max(0, afterTurns.size() - 2);
  }

  /** Returns the key of a beginning; the first one has number 0. */
  public Key128 beginning(int number) {
    return afterTurns.get(number + 1);
  }

  /** Returns the key of a beginning together with the next turn. */
  public Key128 continuation(int number) {
    return afterTurns.get(number + 2);
  }
}
