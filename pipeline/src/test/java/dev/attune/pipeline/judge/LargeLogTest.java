package dev.attune.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs in which everybody says the same, from end to end. */
class LargeLogTest {
  private static final int RECORDS = 5_000;
  private static final int USERS = 200;
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script.*?</script>");
  private static final JudgedRules TENTH = JudgedRules.ofConversation().validating(10);

  @TempDir private Path folder;

  private final Random random = new Random(8);

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ");
      for (int letter = 0; letter < 6; letter++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  private PrepareResult prepare(JudgedRules rules, List<JudgedRecord> records) throws Exception {
    return new JudgedRun(folder, rules)
        .by(PrepareRunner.LOCAL, "--localParallelism=2")
        .prepare("one", records);
  }

  /** Judges it, and holds the share of validation, common records aside, to what was asked. */
  private static JudgedCase assertSplitAsAsked(List<JudgedRecord> records, PrepareResult result)
      throws Exception {
    JudgedCase judged =
        new JudgedCase(TENTH, records, JudgedDataset.of(result.directory().local()));
    assertThat(DatasetJudge.findings(judged)).isEmpty();
    CommonKeys common = new CommonKeys(judged);
    int uncommon = 0;
    int held = 0;
    for (JudgedRecord each : judged.written()) {
      uncommon += common.promptIsCommon(each) ? 0 : 1;
      held += judged.inValidation(each.id()) ? 1 : 0;
    }
    assertThat((double) held / uncommon).isBetween(0.07, 0.13);
    return judged;
  }

  /** The report without the code of its charts. */
  private static String report(PrepareResult result) throws Exception {
    return SCRIPT
        .matcher(Files.readString(result.directory().local().resolve("report.html")))
        .replaceAll("");
  }

  /** What the report must say of the largest unit, counted from the clusters in lineage.jsonl. */
  private static String largestUnit(JudgedCase judged) {
    Map<String, Integer> sizes = new HashMap<>();
    judged
        .dataset
        .examples()
        .values()
        .forEach(each -> sizes.merge(each.cluster(), 1, Integer::sum));
    return "The largest unit (records that stay on one side of the split) has %,d of %,d examples"
        .formatted(Collections.max(sizes.values()), judged.dataset.examples().size());
  }

  /** Hi, thanks and a canned greeting, alone and before what each one really asks. */
  List<JudgedRecord> greetings() {
    String[] greetings = {"hi", "Hi!", "thanks", "Thanks.", "hi "};
    String[] canned = {"Hello! How can I help you today?", "You are welcome!", "Hello."};
    List<JudgedRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String greeting = greetings[random.nextInt(greetings.length)];
      String reply = random.nextInt(4) > 0 ? canned[random.nextInt(3)] : words(6);
      List<String> turns = new ArrayList<>(List.of(greeting, reply));
      switch (i % 5) {
        case 0 -> {}
        case 1 -> turns.addAll(List.of(words(12), words(15)));
        case 2 ->
            turns =
                List.of(
                    "Hello, are you there and can you help me?",
                    "Yes, I am here and I can help you.",
                    words(12),
                    words(15));
        case 3 -> turns = List.of(words(12), words(15), "thanks", "You are welcome!");
        default -> turns = List.of(words(12), words(15));
      }
      records.add(
          JudgedRecord.of("r" + i, turns.toArray(String[]::new)).in("u" + random.nextInt(USERS)));
    }
    records.set(
        0,
        JudgedRecord.of(
                "r0",
                "Hello, are you there and can you help me?",
                "Yes, I am here and I can help you.")
            .in("u0"));
    return records;
  }

  @Test
  void whatEverybodySaysIsCommonAndJoinsNothing() throws Exception {
    List<JudgedRecord> records = greetings();
    PrepareResult result = prepare(TENTH, records);
    JudgedCase judged = assertSplitAsAsked(records, result);
    Map<Integer, Integer> common = new CommonKeys(judged).recordsByGroups();
    assertThat(common).hasSize(2);
    String report = report(result);
    assertThat(report).contains("2 prompts are common");
    common.forEach(
        (groups, asked) ->
            assertThat(report).contains("(%d groups, %,d records)".formatted(groups, asked)));
    // The two turns before what was really asked, which r0 says alone.
    assertThat(report).containsPattern("beginning of longer ones .*generated:r0 \\(");
    assertThat(report).contains(largestUnit(judged));
  }

  /** One instruction of 300 words before every question. */
  List<JudgedRecord> instructed() {
    String instruction = words(300);
    List<JudgedRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS / 2; i++) {
      records.add(
          JudgedRecord.of("r" + i, instruction + "\n\n" + words(15), words(15))
              .in("u" + random.nextInt(USERS)));
    }
    return records;
  }

  @Test
  void anInstructionBeforeEveryQuestionIsATemplate() throws Exception {
    List<JudgedRecord> records = instructed();
    PrepareResult result = prepare(TENTH, records);
    JudgedCase judged = assertSplitAsAsked(records, result);
    assertThat(judged.dropped).isEmpty();
    assertThat(report(result))
        .contains("1 template was found", "(2,500 texts)", largestUnit(judged));
  }

  /** One group of most records, and a few others that the seed keeps in training. */
  private List<JudgedRecord> mostlyOneUnit() {
    List<JudgedRecord> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      records.add(JudgedRecord.of("r" + i, words(12), words(12)).in(i < 59 ? "all" : "other"));
    }
    return records;
  }

  @Test
  void aUnitThatLeavesNoValidationIsRefusedByItsSizeAndCause() throws Exception {
    List<JudgedRecord> records = mostlyOneUnit();
    assertThatThrownBy(() -> prepare(TENTH, records))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("59 of ")
        .hasMessageContaining("group");
    PrepareResult none = prepare(JudgedRules.ofConversation().validating(0), records);
    assertThat(JudgedDataset.of(none.directory().local()).lines(JudgedDataset.VALID)).isEmpty();
    assertThat(JudgedDataset.of(none.directory().local()).lines(JudgedDataset.TRAIN)).hasSize(60);
  }

  @Test
  void tooFewUnitsForAnotherReasonAreWarnedOf() throws Exception {
    List<JudgedRecord> records = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      records.add(JudgedRecord.of("r" + i, words(12), words(12)));
    }
    PrepareResult result = prepare(JudgedRules.ofConversation().validating(1), records);
    assertThat(JudgedDataset.of(result.directory().local()).lines(JudgedDataset.VALID)).isEmpty();
    assertThat(result.summary().notes())
        .anySatisfy(note -> assertThat(note).containsIgnoringCase("validation"));
  }
}
