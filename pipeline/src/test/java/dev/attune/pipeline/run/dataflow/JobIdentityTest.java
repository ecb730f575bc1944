package dev.attune.pipeline.run.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobIdentityTest {
  private static final String INPUT = "sha256:" + "0123456789abcdef".repeat(4);

  private static JobIdentity of(String dataset, String runId) {
    return new JobIdentity(dataset, runId, INPUT, "0.1.0-SNAPSHOT");
  }

  @Test
  void namesTheJobAfterDatasetAndRun() {
    assertThat(of("answers", "3f2a9c").name()).isEqualTo("attune-answers-3f2a9c");
  }

  @Test
  void mapsWhatNamesDoNotAllowWithoutCollisions() {
    Set<String> names = new HashSet<>();
    List<String> runs = List.of("a", "a-", "a--", "A", "a.b", "a-b", "a_b", "1.2", "1-2", "1.2-");
    for (String run : runs) {
      String name = of("answers", run).name();
      assertThat(name).matches("[a-z]([-a-z0-9]*[a-z0-9])?");
      names.add(name);
    }
    assertThat(names).hasSameSizeAs(runs);
    assertThat(of("answers", "a.b").name()).isEqualTo(of("answers", "a.b").name());
  }

  @Test
  void labelsAreWhatLabelsAllow() {
    Map<String, String> labels =
        of("answers", "a".repeat(63)).labels("owner-1", "parts-1", Map.of("team", "ml"));
    assertThat(labels)
        .containsEntry("attune-dataset", "answers")
        .containsEntry("attune-run", "a".repeat(63))
        .containsEntry("attune-version", "0-1-0-snapshot")
        .containsEntry("attune-launch", "owner-1")
        .containsEntry("attune-parts", "parts-1")
        .containsEntry("team", "ml");
    assertThat(labels.keySet()).allMatch(key -> key.matches("[a-z][a-z0-9_-]{0,62}"));
    assertThat(labels.values()).allMatch(value -> value.matches("[a-z0-9_-]{1,63}"));
  }

  @Test
  void knowsItsOwnJobByTheInput() {
    JobIdentity one = of("answers", "r1");
    Map<String, String> labels = one.labels("o", "p", Map.of("attune-run", "stolen"));
    assertThat(one.isOf(labels)).isTrue();
    assertThat(of("answers", "r2").isOf(labels)).isFalse();
    assertThat(new JobIdentity("answers", "r1", "sha256:" + "f".repeat(64), "1").isOf(labels))
        .isFalse();
    assertThat(one.isOf(Map.of())).isFalse();
  }

  @Test
  void asksWithOneIdForOneJobAndWithAnotherForTheNext() {
    JobIdentity one = of("answers", "r1");
    assertThat(one.requestId("")).isEqualTo(of("answers", "r1").requestId(""));
    assertThat(Set.of(one.requestId(""), one.requestId("j1"), of("answers", "r2").requestId("")))
        .hasSize(3);
  }
}
