package dev.attune.pipeline.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Records at random among which much must be joined: groups, parents, near texts, equal prompts in
 * another writing, beginnings of dialogues, and what is common to so many that it joins nothing.
 */
final class JudgedMixture {
  private static final String HELP = "Hello there, can you help me with a small thing today?";
  private static final String SURE = "Of course I can, please tell me what the thing is.";

  private final Random random;
  private final boolean conversation;
  private final String prefix;
  private final List<JudgedRecord> records = new ArrayList<>();

  private JudgedMixture(Random random, boolean conversation, String prefix) {
    this.random = random;
    this.conversation = conversation;
    this.prefix = prefix;
  }

  /**
   * A few of every kind, shuffled.
   *
   * @param prefix of the ids, so that a chain of datasets may have several mixtures
   */
  static List<JudgedRecord> of(Random random, boolean conversation, String prefix) {
    return of(random, conversation, prefix, List.of());
  }

  /** The same, some of which have to do with records that are there already. */
  static List<JudgedRecord> of(
      Random random, boolean conversation, String prefix, List<JudgedRecord> earlier) {
    JudgedMixture mixture = new JudgedMixture(random, conversation, prefix);
    for (int i = 0; i < 30; i++) {
      mixture.add(mixture.mixed(mixture.words(12)));
    }
    List<Runnable> kinds =
        List.of(
            mixture::addNearTexts,
            mixture::addNearTexts,
            mixture::addWritings,
            mixture::addWritings,
            mixture::addDialogues,
            mixture::addDialogues,
            mixture::addRarePrompt,
            mixture::addCommonPrompt,
            mixture::addCommonBeginning,
            mixture::addTemplate,
            mixture::addTextsWithoutSpaces,
            mixture::addPhotos,
            mixture::addFamilies,
            mixture::addCopies);
    for (Runnable kind : kinds) {
      if (random.nextInt(3) > 0) {
        kind.run();
      }
    }
    mixture.addRelatives(earlier);
    List<JudgedRecord> shuffled = new ArrayList<>(mixture.records);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private void add(JudgedRecord record) {
    records.add(record);
  }

  /** A record with this prompt and a new answer, in a group or in none. */
  private JudgedRecord mixed(String prompt) {
    return record(group(), prompt, answer());
  }

  private JudgedRecord record(@Nullable String group, String... turns) {
    JudgedRecord record = JudgedRecord.of(prefix + records.size(), turns);
    if (random.nextInt(10) == 0) {
      record = record.told("You answer in style " + random.nextInt(2) + ".");
    }
    return record.in(group).rated(80 + random.nextInt(20));
  }

  private @Nullable String group() {
    return random.nextInt(3) == 0 ? "g" + random.nextInt(25) : null;
  }

  private String answer() {
    return conversation
        ? words(12)
        : JudgedRun.CATEGORIES.get(random.nextInt(JudgedRun.CATEGORIES.size()));
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ");
      int letters = 4 + random.nextInt(4);
      for (int letter = 0; letter < letters; letter++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  /** Prompts that differ in a word or two, answers that do or are others. */
  private void addNearTexts() {
    String prompt = words(25);
    String answer = conversation ? words(25) : answer();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> add(record(group(), prompt + " " + words(1), answer()));
        case 1 -> add(record(group(), words(1), answer));
        case 2 -> add(record(group(), words(3), answer + (conversation ? " " + words(1) : "")));
        default ->
            add(
                record(
                    group(),
                    words(1) + " " + prompt,
                    conversation ? answer + " " + words(1) : answer));
      }
    }
  }

  /** One prompt in several writings. */
  private void addWritings() {
    String prompt = words(3 + random.nextInt(10));
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      add(mixed(rewritten(prompt)));
    }
  }

  private String rewritten(String text) {
    return switch (random.nextInt(6)) {
      case 0 -> text.toUpperCase(Locale.ROOT) + " ?";
      case 1 -> "  " + text.replace(" ", ",  ") + "...";
      case 2 -> fullWidth(text);
      case 3 -> text.replace('a', '\u0430').replace('o', '\u043E').replace('e', '\u0435');
      case 4 -> text.replace(" ", "\u00A0\u200B") + "\uD83D\uDE00";
      default -> text + "!";
    };
  }

  private static String fullWidth(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c >= 'a' && c <= 'z' ? c - 'a' + '\uFF41' : c)));
    return wide.toString();
  }

  /** A dialogue, its beginnings, and others that begin as it does. */
  private void addDialogues() {
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      turns.add(i % 2 == 0 ? words(10) : answer());
    }
    for (int i = 3 + random.nextInt(3); i > 0; i--) {
      int kept = 2 * random.nextInt(4);
      List<String> mine = new ArrayList<>(turns.subList(0, kept));
      mine.replaceAll(turn -> random.nextInt(4) == 0 && conversation ? turn + "!" : turn);
      if (kept == 0 || (kept < 6 && random.nextBoolean())) {
        mine.add(words(10));
        mine.add(answer());
      }
      add(record(group(), mine.toArray(String[]::new)));
    }
  }

  /** What more than 20 groups say, some of which have other records, too. */
  private void addCommonPrompt() {
    String prompt = random.nextBoolean() ? "hi" : "thank you so much";
    for (int i = 0; i < 27; i++) {
      String group = random.nextInt(3) == 0 ? null : "g" + i;
      String said = random.nextInt(3) == 0 ? rewritten(prompt) : prompt;
      String answer = conversation && random.nextBoolean() ? "You are welcome!" : answer();
      add(record(group, said, answer));
    }
  }

  /** What a few say in this mixture, and many perhaps in the next one. */
  private void addRarePrompt() {
    String[] prompts = {"hi", "thank you so much"};
    for (int i = 0; i < 3; i++) {
      add(record("g" + (30 + random.nextInt(5)), rewritten(prompts[random.nextInt(2)]), answer()));
    }
  }

  /** What more than 20 dialogues begin with, and that alone. */
  private void addCommonBeginning() {
    String sure = conversation ? SURE : "moving";
    for (int i = 0; i < 27; i++) {
      add(record("h" + i, HELP, sure, words(10), answer()));
    }
    add(record(group(), HELP, sure));
  }

  /** One instruction before different questions. */
  private void addTemplate() {
    String instruction = words(60);
    for (int i = 0; i < 32; i++) {
      String answer = conversation && random.nextInt(4) == 0 ? "I do not know." : answer();
      add(record(random.nextBoolean() ? null : group(), instruction + " " + words(8), answer));
    }
  }

  /** Chinese and Thai sentences that differ in a letter, or in everything. */
  private void addTextsWithoutSpaces() {
    String text = letters(random.nextBoolean() ? 0x4E00 : 0x0E01, 30);
    add(mixed(text));
    add(mixed(text + text.charAt(0)));
    add(mixed(text.charAt(5) + text + "\u3002"));
    add(mixed(letters(0x4E00, 30)));
    add(mixed(letters(0x0E01, 30)));
  }

  private String letters(int from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(from + random.nextInt(from == 0x0E01 ? 40 : 2_000));
    }
    return text.toString();
  }

  /** Observations: one text under two photos, one photo twice. */
  private void addPhotos() {
    String text = words(4);
    String photo = "gs://photos/" + words(1) + ".jpg";
    addObservation(text, photo);
    addObservation(text.toUpperCase(Locale.ROOT) + ".", photo);
    addObservation(text, "gs://photos/" + words(1) + ".jpg");
    addObservation(words(12), photo);
    addObservation(words(12), null);
  }

  private void addObservation(String text, @Nullable String photo) {
    String category = JudgedRun.CATEGORIES.get(random.nextInt(4));
    List<String> media = photo == null ? List.of() : List.of(photo);
    add(JudgedRecord.observation(prefix + records.size(), text, category, media).in(group()));
  }

  /** Children of records that are there, that are not, and that are not good enough; and theirs. */
  private void addFamilies() {
    JudgedRecord bad = mixed(words(12)).rated(30);
    add(bad);
    add(mixed(words(12)).childOf(bad.id()));
    add(mixed(words(12)).childOf(bad.id()));
    add(mixed(words(12)).childOf("feedback:unknown"));
    add(mixed(words(12)).childOf("feedback:unknown"));
    for (int i = 0; i < 6; i++) {
      add(mixed(words(12)).childOf(records.get(random.nextInt(records.size())).id()));
    }
  }

  /** The same text again, in another group or none. */
  private void addCopies() {
    for (int i = 0; i < 5; i++) {
      JudgedRecord of = records.get(random.nextInt(records.size()));
      if (of.isGenerated()) {
        String[] turns = of.turns().toArray(String[]::new);
        turns[0] = random.nextBoolean() ? turns[0] : turns[0].toUpperCase(Locale.ROOT);
        add(record(group(), turns).told(of.system()));
      }
    }
  }

  /** Children, group mates, near texts, longer dialogues and other writings of earlier records. */
  private void addRelatives(List<JudgedRecord> earlier) {
    for (int i = 0; i < 12 && !earlier.isEmpty(); i++) {
      JudgedRecord of = earlier.get(random.nextInt(earlier.size()));
      List<String> turns = new ArrayList<>(of.turns());
      switch (random.nextInt(5)) {
        case 0 -> add(mixed(words(12)).childOf(of.id()));
        case 1 -> add(record(of.group(), words(12), answer()));
        case 2 -> {
          turns.add(words(12));
          turns.add(answer());
          add(record(group(), turns.toArray(String[]::new)));
        }
        case 3 -> add(mixed(of.turns().get(0) + " " + words(1)));
        default -> add(mixed(rewritten(of.turns().get(0).toLowerCase(Locale.ROOT))));
      }
    }
  }
}
