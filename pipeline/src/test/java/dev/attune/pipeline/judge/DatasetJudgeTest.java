package dev.attune.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge finds what is planted, and nothing else. */
class DatasetJudgeTest {
  private static final String ASKED = "How do I mend the leaking tap below my kitchen sink today?";
  private static final String SAID = "Close the main valve and then put a new washer into it.";

  @TempDir private Path folder;
  private HandmadeDataset dataset = new HandmadeDataset(Path.of(""));

  @BeforeEach
  void setUp() {
    dataset = new HandmadeDataset(folder);
    dataset.train(JudgedRecord.of("t", "Who wrote the first long novel?", "Nobody can say."));
    dataset.valid(JudgedRecord.of("v", "Where do the swallows sleep?", "In the reed."));
  }

  private static JudgedRecord record(String id, String... turns) {
    return JudgedRecord.of(id, turns);
  }

  private Set<String> kinds(JudgedRules rules) throws IOException {
    JudgedDataset written = dataset.write();
    Set<String> kinds = new HashSet<>();
    for (String finding :
        DatasetJudge.findings(new JudgedCase(rules, dataset.records(), written))) {
      kinds.add(finding.substring(0, finding.indexOf(':')));
    }
    return kinds;
  }

  private Set<String> kinds() throws IOException {
    return kinds(JudgedRules.ofConversation());
  }

  @Test
  void findsNothingInARightDataset() throws IOException {
    dataset
        .train(record("a", ASKED, SAID))
        .train(record("b", ASKED + "?!", "Call a plumber."))
        .train(record("c", ASKED, SAID, "And if that fails?", "Call a plumber at once."))
        .cluster("generated:b", "generated:a")
        .cluster("generated:c", "generated:a")
        .reject(record("d", ASKED.toUpperCase(Locale.ROOT), SAID), "EXACT_DUPLICATE", "generated:a")
        .reject(record("e", ASKED + " Now", SAID + " Yes"), "NEAR_DUPLICATE", "generated:a")
        .reject(record("f", "x", "y").rated(10), "LOW_QUALITY", null);
    assertThat(kinds()).isEmpty();
  }

  @Test
  void findsAGroupInBothFiles() throws IOException {
    dataset.train(record("a", "one", "two").in("g")).valid(record("b", "three", "four").in("g"));
    assertThat(kinds()).contains("group g", "unit");
    assertThat(kinds(JudgedRules.ofConversation().byGroup(false))).isEmpty();
  }

  @Test
  void findsAPromptInBothFilesWhateverItsWriting() throws IOException {
    for (String other :
        List.of("ASK  me...", "\uFF41sk me", "\u0430sk me", "as\u200Bk-me\uD83D\uDE00")) {
      setUp();
      dataset.train(record("a", "Ask me", "two")).valid(record("b", other, "four"));
      assertThat(kinds()).as(other).contains("prompt", "unit");
    }
    setUp();
    dataset.train(record("a", "?!", "two")).valid(record("b", "...", "four"));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void findsABeginningInTheOtherFile() throws IOException {
    dataset
        .train(record("a", ASKED + "?", SAID))
        .valid(record("b", ASKED, SAID, "And if that fails?", "Call a plumber at once."));
    assertThat(kinds()).contains("beginning", "unit");
    setUp();
    dataset.train(record("a", "Yes?", "No.")).valid(record("b", "Yes?", "No.", "Why?", "So."));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void findsACommonPromptInValidationOnly() throws IOException {
    for (int i = 0; i < 21; i++) {
      dataset.train(record("hi" + i, "hi", "hello " + i).in("g" + i));
    }
    dataset.valid(record("mate", "Is there a bus to the sea?", "At nine.").in("g3"));
    assertThat(kinds()).isEmpty();
    dataset.valid(record("one", "Hi!", "yes").in("g99"));
    assertThat(kinds()).contains("common prompt", "prompt");
  }

  @Test
  void findsACommonBeginningInValidationOnly() throws IOException {
    for (int i = 0; i < 24; i++) {
      JudgedRecord longer = record("d" + i, ASKED, SAID, "q" + i, "a" + i).in("g" + i);
      dataset = i % 2 == 0 ? dataset.train(longer) : dataset.valid(longer);
    }
    dataset.train(record("alone", ASKED, SAID));
    JudgedRules rules = JudgedRules.ofConversation().near(false);
    dataset.figure("nearDuplicatesAcrossSplits", null);
    assertThat(kinds(rules)).isEmpty();
    dataset.valid(record("held", ASKED + "!", SAID));
    assertThat(kinds(rules)).contains("common beginning");
  }

  @Test
  void findsNearTextsInBothFiles() throws IOException {
    dataset.train(record("a", ASKED, "two")).valid(record("b", ASKED + " Please", "four"));
    assertThat(kinds()).contains("near", "unit");
    setUp();
    // Only the whole texts are near.
    dataset.train(record("a", "One?", "In the reed.")).valid(record("b", "Two?", "In the reed."));
    assertThat(kinds()).isEmpty();
    setUp();
    dataset.train(record("a", "One?", ASKED + SAID)).valid(record("b", "Two?", ASKED + SAID));
    assertThat(kinds()).contains("near");
    setUp();
    String text = "请问如何把厨房水槽下面漏水的阀门修好并且不再漏水";
    dataset.train(record("a", text, "two")).valid(record("b", text + "呢", "four"));
    assertThat(kinds()).contains("near");
  }

  @Test
  void findsNothingNearBehindATemplate() throws IOException {
    String template = ASKED + " " + SAID + " ";
    for (int i = 0; i < 24; i++) {
      String question = "word" + i + " about" + i + " me" + i;
      JudgedRecord asked = record("q" + i, template + question, "answer " + i);
      dataset = i % 2 == 0 ? dataset.train(asked) : dataset.valid(asked);
    }
    assertThat(kinds()).isEmpty();
    dataset.train(record("q", template + "word1 about1 me1 please", "no"));
    assertThat(kinds()).isNotEmpty();
  }

  @Test
  void findsDividedFamilies() throws IOException {
    dataset
        .train(record("a", "one", "two"))
        .valid(record("b", "three", "four").childOf("generated:a"));
    assertThat(kinds()).contains("parent", "unit");
    setUp();
    dataset
        .train(record("a", "one", "two").childOf("generated:none"))
        .valid(record("b", "three", "four").childOf("generated:none"));
    assertThat(kinds()).contains("unknown parent generated", "unit");
    setUp();
    // Through a record that gave way.
    dataset
        .train(record("a", "one", "two"))
        .reject(record("b", "One", "two").in("g"), "EXACT_DUPLICATE", "generated:a")
        .valid(record("c", "three", "four").in("g"));
    assertThat(kinds()).containsExactlyInAnyOrder("unit", "cluster");
  }

  @Test
  void findsWhatWasDroppedForBeingJoined() throws IOException {
    dataset
        .train(record("a", ASKED, "two"))
        .reject(record("b", ASKED + " Please", "four"), "NEAR_DUPLICATE", "generated:a")
        .reject(record("c", ASKED + "!", "five"), "EXACT_DUPLICATE", "generated:a")
        .reject(record("d", ASKED + "?", "six"), "SPLIT_CONFLICT", null);
    assertThat(kinds()).containsExactlyInAnyOrder("rejected", "conflict");
    setUp();
    dataset
        .train(record("a", ASKED, "two"))
        .reject(record("b", ASKED + " Please", "four"), "NEAR_DUPLICATE", "generated:a");
    assertThat(kinds()).containsExactly("rejected");
    setUp();
    dataset
        .train(record("a", ASKED, "two"))
        .reject(record("b", ASKED + "!", "two"), "EXACT_DUPLICATE", "generated:a");
    assertThat(kinds()).containsExactly("rejected");
  }

  @Test
  void findsDuplicatesThatAreBothWritten() throws IOException {
    dataset.train(record("a", "one", "two")).train(record("b", "ONE", "two"));
    assertThat(kinds()).contains("duplicates");
    setUp();
    for (int i = 0; i < 3; i++) {
      String text = " " + i + " " + i + " " + i;
      dataset
          .train(record("a" + i, ASKED + text, SAID))
          .train(record("b" + i, ASKED + text, SAID + "!"));
    }
    assertThat(kinds()).contains("near");
  }

  @Test
  void findsUnitsThatNothingJoins() throws IOException {
    dataset
        .train(record("a", "one", "two"))
        .train(record("b", "three", "four"))
        .cluster("generated:b", "generated:a");
    assertThat(kinds()).containsExactly("cluster");
  }

  @Test
  void findsWrongSumsAndFigures() throws IOException {
    dataset.lost(record("gone", "one", "two"));
    assertThat(kinds()).containsExactly("account");
    setUp();
    dataset.figure("promptsAcrossSplits", null).figure("beginningsAcrossSplits", 2);
    assertThat(kinds()).containsExactly("manifest");
  }
}
