package dev.attune.pipeline.source.previous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.place.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A dataset that was published, read in ranges of all sizes. */
@ExtendWith(TestPipelineExtension.class)
class PreviousDatasetTest {
  @TempDir private Path folder;
  private AttuneConfig config;
  private Path dataset;

  @BeforeEach
  void publish() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String words = (" ü" + i).repeat(1 + i % 7 * 5);
      lines.append(
          "{\"id\":%d,\"quality\":9,\"prompt\":\"p%s\",\"response\":\"r%s\",\"group\":\"g%d\"}\n"
              .formatted(i, words, words, i / 3));
    }
    Files.writeString(folder.resolve("s.jsonl"), lines);
    config =
        ConfigLoader.load(
            Files.writeString(
                folder.resolve("attune.yaml"),
                """
                dataset: answers
                task: conversation
                sources: {generated: {files: [s.jsonl]}}
                split: {validation: 0.4, by: group, seed: "1"}
                """));
    dataset =
        PrepareDataset.run(
                new PrepareRequest(
                    config, "r", null, Map.of(), PrepareRunner.LOCAL, List.of(), null),
                PrepareProgress.NONE)
            .directory()
            .local();
  }

  @Test
  void givesEveryLineWithItsLineageWhereverItIsCut() throws Exception {
    List<String> training = Files.readAllLines(dataset.resolve("train.jsonl"));
    List<String> validation = Files.readAllLines(dataset.resolve("valid.jsonl"));
    assertThat(validation).hasSizeGreaterThan(3);
    for (long rangeBytes : new long[] {1, 200, 1_000, 1 << 20}) {
      PreviousDataset previous = PreviousDataset.open(Place.of(dataset), config, null, rangeBytes);
      assertThat(previous.ranges()).hasSizeGreaterThanOrEqualTo(2);
      List<CarriedExample> examples = new ArrayList<>();
      List<Refusal> refusals = new ArrayList<>();
      Tally all = Tally.none("all");
      for (CarriedRange range : previous.ranges()) {
        Tally read = CarriedRangeReader.read(range, examples::add, refusals::add);
        assertThat(read.outcome()).isEqualTo(range.split().fileName());
        all = all.plus(read);
      }
      assertThat(refusals).isEmpty();
      assertThat(all.count()).isEqualTo(previous.examples());
      assertThat(lines(examples, Split.TRAINING)).isEqualTo(training);
      assertThat(lines(examples, Split.VALIDATION)).isEqualTo(validation);
      assertThat(examples)
          .allMatch(example -> example.provenance().id().startsWith("generated:"))
          .allMatch(example -> example.provenance().group() != null);
    }
    assertThat(PreviousDataset.open(Place.of(dataset), config, null, 1).ranges())
        .hasSize(training.size() + validation.size());
  }

  private static List<String> lines(List<CarriedExample> examples, Split split) {
    return examples.stream()
        .filter(example -> example.split() == split)
        .map(example -> new String(example.line().bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void noticesThatItChangedSinceItWasOpened() throws Exception {
    PreviousDataset previous = PreviousDataset.open(Place.of(dataset), config, null, 1_000);
    Path lineage = dataset.resolve("lineage.jsonl");
    Files.writeString(lineage, "\n" + Files.readString(lineage));
    List<Refusal> refusals = new ArrayList<>();
    CarriedRangeReader.read(previous.ranges().get(0), example -> {}, refusals::add);
    assertThat(refusals).singleElement().extracting(Refusal::place).isEqualTo(lineage.toString());
    refusals.clear();
    Files.delete(lineage);
    CarriedRangeReader.read(previous.ranges().get(0), example -> {}, refusals::add);
    assertThat(refusals).singleElement().extracting(Refusal::place).isEqualTo(lineage.toString());
  }

  @Test
  void refusesALineWhoseLineageIsOfAnotherLine() throws Exception {
    List<CarriedRange> ranges = PreviousDataset.open(Place.of(dataset), config, null, 1).ranges();
    var swapped =
        new CarriedRange(Split.TRAINING, ranges.get(0).examples(), ranges.get(1).lineage());
    List<Refusal> refusals = new ArrayList<>();
    Tally read = CarriedRangeReader.read(swapped, example -> {}, refusals::add);
    assertThat(read.count()).isZero();
    assertThat(refusals)
        .singleElement()
        .extracting(Refusal::place)
        .isEqualTo(dataset.resolve("train.jsonl") + ":1");
  }

  @Test
  void readsEveryExampleOnceInAPipeline(TestPipeline pipeline) throws Exception {
    PreviousDataset previous = PreviousDataset.open(Place.of(dataset), config, null, 500);
    long training = previous.manifest().trainingExamples();
    long validation = previous.manifest().validationExamples();
    List<String> lines = new ArrayList<>(Files.readAllLines(dataset.resolve("train.jsonl")));
    lines.addAll(Files.readAllLines(dataset.resolve("valid.jsonl")));

    PreviousExamples read = pipeline.apply(ReadPrevious.of(previous));

    PAssert.that(
            read.examples()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(e -> new String(e.line().bytes(), StandardCharsets.UTF_8))))
        .containsInAnyOrder(lines);
    PAssert.that(read.tallies()).satisfies(tallies -> countsBoth(tallies, training, validation));
    PAssert.that(read.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesADatasetThatChangedSinceItWasOpened(TestPipeline pipeline) throws Exception {
    PreviousDataset previous = PreviousDataset.open(Place.of(dataset), config, null);
    Path training = dataset.resolve("train.jsonl");
    Files.writeString(training, Files.readString(training) + "{}\n");

    PreviousExamples read = pipeline.apply(ReadPrevious.of(previous));

    PAssert.that(read.refusals())
        .containsInAnyOrder(
            new Refusal(
                training.toString(),
                "The file changed while it was read: run again when it is complete."));
    long validation = previous.manifest().validationExamples();
    PAssert.that(read.tallies()).satisfies(tallies -> countsBoth(tallies, 0, validation));
    pipeline.run().waitUntilFinish();
  }

  private static Void countsBoth(Iterable<Tally> tallies, long training, long validation) {
    Map<String, Long> counts = new HashMap<>();
    tallies.forEach(tally -> counts.merge(tally.outcome(), tally.count(), Long::sum));
    assertThat(counts)
        .containsOnly(entry("train.jsonl", training), entry("valid.jsonl", validation));
    return null;
  }
}
