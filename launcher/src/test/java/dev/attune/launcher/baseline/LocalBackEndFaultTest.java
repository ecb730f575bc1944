package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.console.SmallDisk;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.schema.ExampleLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused, what fails, and what is said then. */
class LocalBackEndFaultTest extends LocalBackEndInFolder {
  @Test
  void refusesADatasetThatIsNoClassification() throws Exception {
    dataset =
        Published.write(
            folder.resolve("c"),
            "conversation",
            OutputFormat.GEMINI,
            List.of(),
            Published.questions(3));
    BackEndException fault = fault(() -> backEnd.stage(dataset));
    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(
            "The local back end tunes classification datasets only, and "
                + folder.resolve("c")
                + " is a conversation dataset: tune it with --back-end vertex.");
  }

  @Test
  void refusesADatasetWithoutTrainingExamples() throws Exception {
    dataset =
        Published.classification(
            folder.resolve("e"), OutputFormat.GEMINI, Published.SUBJECTS, List.of());
    assertThat(fault(() -> backEnd.stage(dataset)))
        .hasMessage(
            folder.resolve("e")
                + " has no training examples: prepare it again from other sources.");
  }

  @Test
  void refusesADatasetThatIsAnotherOneByNow() throws Exception {
    TuningSpec spec = spec(1);
    var staged = backEnd.stage(dataset);
    Published.classification(
        dataset.path().local(), OutputFormat.GEMINI, Published.SUBJECTS, Published.questions(4));
    BackEndException fault = fault(() -> backEnd.create(spec, staged, "ledger"));
    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(dataset.path() + " now contains another dataset: run attune tune on it.");
    Files.delete(dataset.path().local().resolve("manifest.json"));
    assertThat(fault(() -> backEnd.create(spec, staged, "ledger")))
        .hasMessage(
            "The dataset cannot be read ("
                + dataset.path()
                + "/manifest.json does not exist): restore it, or prepare it again.");
    assertThat(backEnd.find(spec)).isEmpty();
  }

  @Test
  void failsWhereTheDatasetIsGoneOrChanged() throws Exception {
    String gone = create(1).name();
    byte[] train = Files.readAllBytes(dataset.train().local());
    Files.delete(dataset.train().local());
    BackEndJob failed = Watching.untilItEnds(backEnd, gone);
    assertThat(failed.state()).isEqualTo(TuningJobState.FAILED);
    assertThat(failed.fault())
        .isEqualTo(dataset.train() + " does not exist: restore it, or prepare the dataset again.");

    String changed =
        dataset.train()
            + " differs from manifest.json: it was changed after it was published; remove the"
            + " folder of the dataset and prepare it again.";
    Files.write(dataset.train().local(), train);
    Files.writeString(dataset.train().local(), "{\"not\":1}\n", StandardOpenOption.APPEND);
    assertThat(Watching.untilItEnds(backEnd, create(2).name()).fault()).isEqualTo(changed);
    Files.write(dataset.train().local(), java.util.Arrays.copyOf(train, train.length - 400));
    assertThat(Watching.untilItEnds(backEnd, create(3).name()).fault()).isEqualTo(changed);

    Files.write(dataset.train().local(), train);
    BackEndJob again = Watching.untilItEnds(backEnd, create(1).name());
    assertThat(again.name()).endsWith("-2");
    assertThat(again.state()).isEqualTo(TuningJobState.SUCCEEDED);
  }

  @Test
  void failsWhereTheModelCannotBeWritten() throws Exception {
    String name = create(1).name();
    Files.createDirectories(file(name, "model.tribuo/in-the-way"));
    BackEndJob failed = Watching.untilItEnds(backEnd, name);
    assertThat(failed.state()).isEqualTo(TuningJobState.FAILED);
    assertThat(failed.fault())
        .startsWith(
            "The dataset could not be read, or the model could not be written to "
                + file(name, "").toString()
                + " (")
        .endsWith("): correct that, and tune with --again.");
  }

  @Test
  void saysThatAnEndCannotBeWrittenAndDoesNotTrainForEver() throws Exception {
    try (SmallDisk disk = new SmallDisk(folder.resolve("ledger"), "256k");
        LocalBackEnd full = backEnd) {
      String name = create(ENDLESS).name();
      full.get(name);
      Path filler = disk.fill();
      full.cancel(name);
      BackEndException fault =
          fault(() -> Watching.until(backEnd, name, job -> job.state().isTerminal()));
      assertThat(fault.kind()).isEqualTo(Kind.UNCERTAIN);
      assertThat(fault)
          .hasMessageStartingWith(
              "A job in " + folder.resolve("ledger/jobs") + " cannot be read or written (")
          .hasMessageEndingWith("): correct that");
      Files.delete(filler);
      try (LocalBackEnd next = open()) {
        assertThat(next.get(name).state()).isEqualTo(TuningJobState.CANCELLED);
      }
    }
  }

  @Test
  void saysThatThereIsNoSuchJob() {
    for (String name : List.of("0123456789ab-1", "../../d", "", "..", "a/b")) {
      BackEndException fault = fault(() -> backEnd.get(name));
      assertThat(fault.kind()).isEqualTo(Kind.NOT_FOUND);
      assertThat(fault)
          .hasMessage(
              "The job "
                  + name
                  + " is not in "
                  + folder.resolve("ledger/jobs")
                  + ": attune jobs lists the jobs; if the folder was moved, move it back.");
      assertThat(fault(() -> backEnd.cancel(name)).kind()).isEqualTo(Kind.NOT_FOUND);
    }
  }

  @Test
  void saysThatAJobIsDamaged() throws Exception {
    String name = create(1).name();
    for (String damaged : List.of("", "{}", "[1]", "{\"schemaVersion\":2}")) {
      Files.writeString(file(name, "job.json"), damaged);
      String sentence =
          "A job in "
              + folder.resolve("ledger/jobs")
              + " cannot be read or written ("
              + file(name, "job.json")
              + " is damaged: restore its folder from a backup): correct that";
      assertThat(fault(() -> backEnd.get(name))).hasMessage(sentence);
      assertThat(fault(() -> backEnd.find(spec(1)))).hasMessage(sentence);
    }
  }

  @Test
  void tellsWhichExamplesItLeftOut() throws Exception {
    TrainingFile file = TrainingFile.of(dataset.path(), dataset.manifest());
    TrainingExamples all = TrainingExamples.read(file, Long.MAX_VALUE, () -> false);
    assertThat(all.dropped()).isZero();
    int words = all.examples().get(0).words().size() + all.examples().get(1).words().size();
    TrainingExamples two = TrainingExamples.read(file, words + 2, () -> false);
    assertThat(two.examples()).isEqualTo(all.examples().subList(0, 2));
    assertThat(two.dropped()).isEqualTo(598);
    assertThat(TrainingExamples.read(file, 0, () -> false).examples()).hasSize(1);

    LocalJob job =
        LocalJob.queued("0123456789ab-1", "k", file, new Hyperparameters(1, 1, 1), Instant.EPOCH)
            .succeeded(new LocalJob.Trained("0", 2, 598), Instant.EPOCH);
    assertThat(job.seen(folder, false).usage())
        .isEqualTo(
            new BackEndJob.Usage(
                2,
                598,
                List.of(3L),
                List.of(
                    "the local back end trains on 2000000 words at most; line 3 is the first one"
                        + " beyond them"),
                null));
  }

  @Test
  void asksNoModelThatWasChangedOrIsNotThere() throws Exception {
    String name = create(1).name();
    Path job = folder.resolve("ledger/jobs").resolve(name);
    assertThatThrownBy(() -> LocalModel.open(job))
        .isInstanceOf(AskException.class)
        .hasMessage(job + " is the folder of a job without a model: attune jobs shows its state.");
    Watching.untilItEnds(backEnd, name);
    Files.write(job.resolve("model.tribuo"), new byte[] {1}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> LocalModel.open(job))
        .hasMessage(job + "/model.tribuo was changed after training: restore it from a backup.");
    Files.delete(job.resolve("model.tribuo"));
    assertThatThrownBy(() -> LocalModel.open(job))
        .hasMessage(
            "The model in "
                + job
                + " cannot be read ("
                + job
                + "/model.tribuo does not exist): correct that, or restore the folder.");
  }

  @Test
  void comparesWithTheMostFrequentCategory() throws Exception {
    assertThat(base(Published.questions(601)).answer(Published.example("fee", "fee")))
        .isEqualTo("card");
    ExampleLine both = Published.example("1", "fee, card");
    ExampleLine cash = Published.example("2", "cash");
    AnsweringModel tie = base(List.of(cash, both));
    assertThat(tie.answer(cash)).isEqualTo("fee, card");
    assertThat(tie.isHosted()).isFalse();
    assertThat(tie.name())
        .matches("most-frequent:[0-9a-f]{12}")
        .isEqualTo(base(List.of(cash, both)).name())
        .isNotEqualTo(base(List.of(both, cash)).name());
    Files.delete(dataset.train().local());
    assertThatThrownBy(() -> MostFrequentCategory.of(dataset))
        .isInstanceOf(AskException.class)
        .hasMessage(dataset.train() + " does not exist: restore it, or prepare the dataset again.");
  }
}
