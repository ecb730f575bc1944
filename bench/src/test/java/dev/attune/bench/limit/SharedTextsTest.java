package dev.attune.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.dedup.Templates;
import java.lang.management.ManagementFactory;
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
  private final ComparedTexts texts = new ComparedTexts();

  @Test
  void areNotComparedTextByTextBehindOneInstruction() {
    for (int i = 0; i < RECORDS; i++) {
      texts.add(instruction + question(), reply());
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
      texts.add(question(), answer);
    }
    NearInMemory.Left left = left();
    assertThat(staying(left)).isEqualTo(RECORDS);
    assertThat(left.resolved().joins()).hasSizeLessThan(RECORDS / 100);
  }

  @Test
  void areNotComparedTextByTextWhereBothAreMixed() {
    for (int i = 0; i < RECORDS / 3; i++) {
      texts.add(instruction + question(), reply());
      texts.add(question(), answer);
      texts.add(instruction + question(), answer);
    }
    NearInMemory.Left left = left();
    // One of the records with both is kept.
    assertThat(staying(left)).isEqualTo(RECORDS / 3 * 2 + 1);
    assertThat(left.resolved().joins()).hasSizeLessThan(RECORDS / 100);
  }

  private NearInMemory.Left left() {
    long before = cpuNanos();
    NearInMemory.Left left = texts.drop(1);
    assertThat((cpuNanos() - before) / 1e9).isLessThan(SECONDS);
    return left;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long staying(NearInMemory.Left left) {
    return left.resolved().identities().stream().filter(record -> record.drop() == null).count();
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
