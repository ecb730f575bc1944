package dev.attune.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.judge.JudgedDataset.WrittenExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was common in a dataset stays common in those that are built on it. */
class CommonChainTest {
  private static final JudgedRules RULES = JudgedRules.ofConversation().validating(30);
  private static final int USERS = 30;

  @TempDir private Path folder;

  private final Random random = new Random(3);

  private String words() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12 * 7; i++) {
      text.append(i % 7 == 6 ? ' ' : (char) ('a' + random.nextInt(26)));
    }
    return text.toString().trim();
  }

  /** All greetings are equal, so that one of them is written, and its group has others. */
  @Test
  void aGreetingOfWhichOneIsLeftJoinsNobodyInTheNextDataset() throws Exception {
    List<JudgedRecord> records = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      records.add(JudgedRecord.of("hi-" + user, "hi", "Hello!").in("g" + user));
      for (int i = 0; i < 3; i++) {
        records.add(JudgedRecord.of("old-" + user + "-" + i, words(), words()).in("g" + user));
      }
    }
    Path first =
        new JudgedRun(folder.resolve("1"), RULES).prepare("one", records).directory().local();
    JudgedDataset before = JudgedDataset.of(first);
    Map<String, String> files = new HashMap<>();
    for (JudgedRecord each : records) {
      if (before.examples().containsKey(each.id()) && !each.id().contains("hi-")) {
        files.put(String.valueOf(each.group()), before.examples().get(each.id()).file());
      }
    }
    assertThat(files.values()).contains(JudgedDataset.TRAIN, JudgedDataset.VALID);

    List<JudgedRecord> fresh = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      if (user % 3 == 0) {
        fresh.add(JudgedRecord.of("again-" + user, "Hi!", words()).in("g" + user));
      }
      fresh.add(JudgedRecord.of("new-" + user, words(), words()).in("g" + user));
    }
    JudgedDataset after =
        JudgedDataset.of(
            new JudgedRun(folder.resolve("2"), RULES)
                .on(first)
                .prepare("one", fresh)
                .directory()
                .local());

    assertThat(after.rejected()).isEmpty();
    for (JudgedRecord each : fresh) {
      boolean greeting = each.id().contains("again-");
      String file = greeting ? JudgedDataset.TRAIN : files.get(String.valueOf(each.group()));
      assertThat(after.examples().get(each.id()))
          .as(each.id())
          .isNotNull()
          .extracting(WrittenExample::file)
          .isEqualTo(file);
    }
  }
}
