package dev.attune.launcher.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBackEndTest {
  private static final TuningSpec SPEC =
      new TuningSpec("sha256:00", "folder", "some-model", "here", new Hyperparameters(1, 4, 1));
  private static final StagedDataset STAGED = new StagedDataset("train.jsonl", "valid.jsonl");

  @TempDir Path folder;

  private FolderBackEnd backEnd() {
    return new FolderBackEnd(folder);
  }

  private List<String> found() throws BackEndException {
    return backEnd().find(SPEC).stream().map(listed -> listed.job().name()).toList();
  }

  @Test
  void createsAJobAndFindsIt() throws Exception {
    assertThat(backEnd().find(SPEC)).isEmpty();
    BackEndJob created = backEnd().create(SPEC, STAGED, "ledger");
    assertThat(created.name()).isEqualTo(SPEC.key() + "-1");
    assertThat(created.state()).isEqualTo(TuningJobState.PENDING);
    assertThat(backEnd().find(SPEC))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.job()).isEqualTo(created);
              assertThat(found.ledger()).isEqualTo("ledger");
              assertThat(found.place()).isEqualTo(SPEC.place());
            });
    assertThat(Files.readAllLines(folder.resolve(created.name() + ".order")))
        .containsExactly("ledger", "some-model", "train.jsonl", "valid.jsonl");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void hasAnEndpointOnlyWhenTheModelAnswers() throws Exception {
    String name = backEnd().create(SPEC, STAGED, "ledger").name();
    Path model = Files.writeString(folder.resolve(name + ".model"), "tuned-1\n");
    assertThat(backEnd().get(name).state()).isEqualTo(TuningJobState.SUCCEEDED);
    assertThat(backEnd().get(name).endpoint()).isNull();
    Files.writeString(model, "tuned-1\nmodels/tuned-1\n");
    assertThat(backEnd().get(name).model()).isEqualTo("tuned-1");
    assertThat(backEnd().get(name).endpoint()).isEqualTo("models/tuned-1");
  }

  @Test
  void cancelsAJobThatCanStillBeFound() throws Exception {
    String name = backEnd().create(SPEC, STAGED, "ledger").name();
    backEnd().cancel(name);
    assertThat(backEnd().get(name).state()).isEqualTo(TuningJobState.CANCELLED);
    assertThat(found()).containsExactly(name);
  }

  @Test
  void keepsTheStateOfAJobThatEndedBeforeItsCancellation() throws Exception {
    String name = backEnd().create(SPEC, STAGED, "ledger").name();
    Files.writeString(folder.resolve(name + ".failed"), "out of memory\n");
    backEnd().cancel(name);
    assertThat(backEnd().get(name).state()).isEqualTo(TuningJobState.FAILED);
    assertThat(backEnd().get(name).fault()).isEqualTo("out of memory");
    assertThat(folder.resolve(name + ".cancelled")).doesNotExist();
  }

  @Test
  void createsAnotherJobAfterOneWithoutAModelAndFindsTheNewestFirst() throws Exception {
    String first = backEnd().create(SPEC, STAGED, "ledger").name();
    backEnd().cancel(first);
    FileTime earlier = FileTime.from(Instant.parse("2026-11-20T12:00:00Z"));
    Files.setLastModifiedTime(folder.resolve(first + ".order"), earlier);
    BackEndJob second = backEnd().create(SPEC, STAGED, "ledger");
    assertThat(second.name()).isEqualTo(SPEC.key() + "-2");
    assertThat(second.state()).isEqualTo(TuningJobState.PENDING);
    assertThat(found()).containsExactly(second.name(), first);
  }

  @Test
  void findsJobsWithTheKeyOfOlderVersions() throws Exception {
    String former = SPEC.formerKey() + "-1";
    Files.write(folder.resolve(former + ".order"), List.of("ledger", "some-model", "t", "v"));
    assertThat(found()).containsExactly(former);
  }

  @Test
  void saysThatAJobDoesNotExist() {
    assertThatThrownBy(() -> backEnd().get("none"))
        .isInstanceOfSatisfying(
            BackEndException.class,
            e -> assertThat(e.kind()).isEqualTo(BackEndException.Kind.NOT_FOUND));
    assertThatThrownBy(() -> backEnd().cancel("none")).isInstanceOf(BackEndException.class);
  }
}
