package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.OutputFormat;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningJobState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalBackEndTest extends LocalBackEndInFolder {
  @ParameterizedTest
  @EnumSource
  void trainsAModelThatAnswers(OutputFormat format) throws Exception {
    dataset =
        Published.classification(
            folder.resolve("other"), format, Published.SUBJECTS, Published.questions(600));
    BackEndJob queued = create(3);
    assertThat(queued.state()).isEqualTo(TuningJobState.QUEUED);
    assertThat(queued.name()).isEqualTo(spec(3).key().substring(0, 12) + "-1");
    assertThat(queued.model()).isNull();
    assertThat(backEnd.get(queued.name()).state())
        .isIn(TuningJobState.RUNNING, TuningJobState.SUCCEEDED);

    BackEndJob done = Watching.untilItEnds(backEnd, queued.name());
    assertThat(backEnd.progress(queued.name())).contains("epoch 3 of 3");
    assertThat(done)
        .isEqualTo(
            new BackEndJob(
                queued.name(),
                TuningJobState.SUCCEEDED,
                "local:" + queued.name(),
                folder.resolve("ledger/jobs").resolve(queued.name()).toString(),
                null,
                new BackEndJob.Usage(600, 0, List.of(), List.of(), null)));
    try (LocalModel model = LocalModel.open(Path.of(done.endpoint()))) {
      assertThat(model.name()).isEqualTo(done.model());
      assertThat(model.isHosted()).isFalse();
      assertThat(model.answer(Published.example("Is my cash gone?", "unasked"))).isEqualTo("cash");
    }
  }

  @Test
  void tellsOfItsJobsByTheirKeyTheNewestFirst() throws Exception {
    assertThat(backEnd.find(spec(1))).isEmpty();
    BackEndJob first = create(1);
    create(2);
    assertThat(backEnd.find(spec(1))).extracting(ListedJob::job).containsExactly(first);
    backEnd.cancel(first.name());
    BackEndJob second = create(1);
    assertThat(second.name()).endsWith("-2");
    assertThat(backEnd.find(spec(1)))
        .extracting(ListedJob::job)
        .extracting(BackEndJob::name, BackEndJob::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(second.name(), TuningJobState.QUEUED),
            org.assertj.core.groups.Tuple.tuple(first.name(), TuningJobState.CANCELLED));
  }

  @Test
  void createsNoSecondJobWhileTheFirstMayGiveAModel() throws Exception {
    BackEndJob first = create(1);
    assertThat(create(1)).isEqualTo(first);
    BackEndJob done = Watching.untilItEnds(backEnd, first.name());
    assertThat(create(1)).isEqualTo(done);
  }

  @Test
  void keepsWhenAJobChanged() throws Exception {
    String name = create(1).name();
    Watching.untilItEnds(backEnd, name);
    JsonNode times = new ObjectMapper().readTree(file(name, "job.json").toFile()).get("times");
    assertThat(times.toString())
        .isEqualTo(
            "{\"created\":\"1970-01-01T00:00:00Z\",\"started\":\"1970-01-01T00:00:01Z\","
                + "\"ended\":\"1970-01-01T00:00:02Z\"}");
  }

  @Test
  void cancelsAJobBeforeItsTraining() throws Exception {
    String name = create(ENDLESS).name();
    backEnd.cancel(name);
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.CANCELLED);
  }

  @Test
  void cancelsAJobWhileItTrains() throws Exception {
    String name = create(ENDLESS).name();
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.RUNNING);
    backEnd.cancel(name);
    assertThat(backEnd.get(name).state()).isIn(TuningJobState.CANCELLING, TuningJobState.CANCELLED);
    assertThat(Watching.untilItEnds(backEnd, name).state()).isEqualTo(TuningJobState.CANCELLED);
    backEnd.cancel(name);
    assertThat(backEnd.get(name).model()).isNull();
  }

  @Test
  void leavesAJobThatHasEndedAsItIs() throws Exception {
    String name = create(1).name();
    BackEndJob done = Watching.untilItEnds(backEnd, name);
    backEnd.cancel(name);
    assertThat(backEnd.get(name)).isEqualTo(done);
  }

  @Test
  void leavesATrainingJobToWhoeverAsksNextWhenItIsClosed() throws Exception {
    String name = create(ENDLESS).name();
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.RUNNING);
    backEnd.close();
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.RUNNING);
    try (LocalBackEnd next = open()) {
      assertThat(next.get(name).state()).isEqualTo(TuningJobState.RUNNING);
      next.cancel(name);
      assertThat(Watching.untilItEnds(next, name).state()).isEqualTo(TuningJobState.CANCELLED);
    }
  }

  @Test
  void twoBackEndsOfOneProcessTrainAJobOnce() throws Exception {
    String name = create(20).name();
    try (LocalBackEnd other = open()) {
      backEnd.get(name);
      other.get(name);
      BackEndJob done = Watching.untilItEnds(other, name);
      assertThat(done.state()).isEqualTo(TuningJobState.SUCCEEDED);
      assertThat(Watching.untilItEnds(backEnd, name)).isEqualTo(done);
    }
    // Created, started once, ended.
    assertThat(seconds).hasValue(3);
  }
}
