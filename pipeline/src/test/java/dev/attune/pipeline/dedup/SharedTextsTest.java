package dev.attune.pipeline.dedup;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Conversations of which thousands share an instruction, a set answer, or one or the other: what is
 * near in the one is not in the other, so that all stay. Were each compared with each, it would
 * take minutes.
 */
class SharedTextsTest {
  private static final int RECORDS = 20_000;
  private static final int SECONDS = 60;

  private final Random random = new Random(4);
  private final String instruction = words("i", 300, 300);
  private final String answer = words("a", 60, 60);
  private final List<Identity> identities = new ArrayList<>();
  private final List<Shingled> shingles = new ArrayList<>();

  @Test
  void areNotComparedTextByTextBehindOneInstruction() {
    for (int i = 0; i < RECORDS; i++) {
      add(instruction + question(), reply());
    }
    NearInMemory.Left left = left();
    assertThat(staying(left)).isEqualTo(RECORDS);
    assertThat(left.resolved().joins()).hasSizeLessThan(RECORDS / 100);
    assertThat(left.templates().largest())
        .containsExactly(new Templates.Template(RECORDS, "feedback:0"));
    assertThat(left.templates().count()).isEqualTo(1);
  }

  @Test
  void areNotComparedTextByTextBeforeOneAnswer() {
    for (int i = 0; i < RECORDS; i++) {
      add(question(), answer);
    }
    NearInMemory.Left left = left();
    assertThat(staying(left)).isEqualTo(RECORDS);
    assertThat(left.resolved().joins()).hasSizeLessThan(RECORDS / 100);
  }

  @Test
  void areNotComparedTextByTextWhereBothAreMixed() {
    for (int i = 0; i < RECORDS / 3; i++) {
      add(instruction + question(), reply());
      add(question(), answer);
      add(instruction + question(), answer);
    }
    NearInMemory.Left left = left();
    // Of those with both one stays.
    assertThat(staying(left)).isEqualTo(RECORDS / 3 * 2 + 1);
    assertThat(left.resolved().joins()).hasSizeLessThan(RECORDS / 100);
  }

  private NearInMemory.Left left() {
    long before = cpuNanos();
    Resolved exact = DuplicatesInMemory.drop(identities, CommonPrompts.NONE, 1);
    NearInMemory.Left left = new NearInMemory(new Similarity(0.8), 1).drop(exact, shingles);
    assertThat((cpuNanos() - before) / 1e9).isLessThan(SECONDS);
    return left;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long staying(NearInMemory.Left left) {
    return left.resolved().identities().stream().filter(record -> record.drop() == null).count();
  }

  private void add(String prompt, String reply) {
    Identity identity = named("feedback:" + identities.size()).asks(prompt + reply).in().identity();
    identities.add(identity);
    shingles.add(
        new Shingled(identity.content(), ComparedShingles.of(new ComparedText(prompt, reply))));
  }

  private String question() {
    return words("q", 8 + random.nextInt(10), 100_000);
  }

  private String reply() {
    return words("r", 3 + random.nextInt(10), 100_000);
  }

  private String words(String letter, int count, int values) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(letter).append(random.nextInt(values)).append(' ');
    }
    return words.toString();
  }
}
