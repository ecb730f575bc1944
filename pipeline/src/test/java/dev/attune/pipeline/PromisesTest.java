package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.redact.Identifiers;
import dev.attune.pipeline.rejection.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Promises 1 and 2 of the contract over random mixtures of sound and faulty records, each run from
 * end to end. A failure names the seed with which it comes again.
 */
class PromisesTest {
  private static final long EVERYTHING_SPILLS = 1;
  private static final List<List<String>> ENGINES =
      List.of(
          List.of("--localParallelism=1"),
          List.of("--localParallelism=2", "--localMemory=" + EVERYTHING_SPILLS),
          List.of("--localParallelism=5", "--localEncodabilityCheck=true"),
          List.of("--localParallelism=16", "--localImmutabilityCheck=true"));
  private static final List<String> DIRECT =
      List.of("--targetParallelism=2", "--enforceImmutability=true");

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void nothingIsLostAndNothingIsInvented(
      @ForAll Random random,
      @ForAll @IntRange(max = 30) int count,
      @ForAll @IntRange(min = 1, max = 16) int parallelism)
      throws Exception {
    List<Planted> records = Mixture.of(count, random.nextInt(3) == 0, random);
    Path folder = Files.createTempDirectory("attune-promise-1-");
    try (MixtureFiles files = new MixtureFiles(folder, random)) {
      Path yaml = files.write(records, "}");
      Path dataset =
          Prepare.run(
                  yaml,
                  "one",
                  "--localImmutabilityCheck=true",
                  "--localEncodabilityCheck=true",
                  "--localMemory=" + (random.nextBoolean() ? EVERYTHING_SPILLS : 1L << 30),
                  "--localParallelism=" + parallelism)
              .directory()
              .local();
      assertEveryRecordIsSomewhere(records, dataset);
      assertSplitDividesNothing(records, dataset);
      assertNothingPersonalIsIn(dataset);
    }
    Prepare.deleteTree(folder);
  }

  private static void assertEveryRecordIsSomewhere(List<Planted> records, Path dataset)
      throws IOException {
    JsonNode counts = Prepare.json(dataset.resolve("manifest.json")).get("counts");
    Map<String, Long> byReason = new TreeMap<>();
    counts
        .get("rejected")
        .get("byReason")
        .properties()
        .forEach(reason -> byReason.put(reason.getKey(), reason.getValue().asLong()));
    assertThat(byReason).isEqualTo(Mixture.expected(records));
    assertThat(counts.get("read").get("total").asInt()).isEqualTo(records.size());
    assertThat(
            counts.get("training").asInt()
                + counts.get("validation").asInt()
                + counts.get("rejected").get("total").asInt())
        .isEqualTo(records.size());

    List<String> found = new ArrayList<>();
    for (String file : List.of("lineage.jsonl", "rejected.jsonl")) {
      Prepare.lines(dataset.resolve(file)).forEach(line -> found.add(line.get("id").asText()));
    }
    assertThat(found).hasSize(records.size());
    List<String> known = new ArrayList<>();
    records.stream().filter(each -> !each.unparsed()).forEach(each -> known.add(written(each)));
    known.forEach(id -> assertThat(found.remove(id)).as(id).isTrue());
    // What is left was not parsed and is known by the hash of its bytes: each is another one.
    assertThat(found).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+:[0-9a-f]{32,}"));
  }

  /** The id that stands in the files. */
  private static String written(Planted record) {
    return record.source().fullId(new Identifiers(ContentHash.of("mixture")).written(record.id()));
  }

  private static void assertNothingPersonalIsIn(Path dataset) throws IOException {
    for (String name : Prepare.names(dataset)) {
      assertThat(Files.readString(dataset.resolve(name)))
          .as(name)
          .doesNotContainIgnoringCase(Mixture.PERSONAL)
          .doesNotContain("901820");
    }
  }

  private static void assertSplitDividesNothing(List<Planted> records, Path dataset)
      throws IOException {
    Map<String, String> fileById = new HashMap<>();
    Map<String, Set<String>> filesByGroup = new HashMap<>();
    List<JsonNode> lineage = Prepare.lines(dataset.resolve("lineage.jsonl"));
    for (JsonNode line : lineage) {
      String file = line.get("file").asText();
      fileById.put(line.get("id").asText(), file);
      if (line.get("group").isTextual()) {
        filesByGroup.computeIfAbsent(line.get("group").asText(), g -> new HashSet<>()).add(file);
      }
      filesByGroup
          .computeIfAbsent("unit " + line.get("cluster").asText(), g -> new HashSet<>())
          .add(file);
    }
    assertThat(filesByGroup).allSatisfy((group, files) -> assertThat(files).hasSize(1));
    Map<String, Set<String>> filesByParent = new HashMap<>();
    for (JsonNode line : lineage) {
      if (line.get("parent").isTextual()) {
        String parent = line.get("parent").asText();
        Set<String> files = filesByParent.computeIfAbsent(parent, p -> new HashSet<>());
        files.add(line.get("file").asText());
        files.add(fileById.getOrDefault(parent, line.get("file").asText()));
      }
    }
    assertThat(filesByParent).allSatisfy((parent, files) -> assertThat(files).hasSize(1));
    assertThat(records).hasSizeGreaterThanOrEqualTo(lineage.size());
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void theSameInputGivesTheSameBytes(@ForAll Random random) throws Exception {
    assertSameBytes(ENGINES, random);
  }

  /** Once: a run of Beam's direct runner takes the time of ten. */
  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void theDirectRunnerGivesTheSameBytes(@ForAll Random random) throws Exception {
    assertSameBytes(List.of(ENGINES.get(0), DIRECT), random);
  }

  private static void assertSameBytes(List<List<String>> engines, Random random) throws Exception {
    List<Planted> records = new ArrayList<>(Mixture.of(60, random.nextBoolean(), random));
    String bytes = null;
    for (List<String> options : engines) {
      Collections.shuffle(records, random);
      Path folder = Files.createTempDirectory("attune-promise-2-");
      try (MixtureFiles files = new MixtureFiles(folder, random)) {
        Path dataset =
            Prepare.run(
                    files.write(records, "}"),
                    "one",
                    options.equals(DIRECT) ? PrepareRunner.DIRECT : PrepareRunner.LOCAL,
                    options.toArray(String[]::new))
                .directory()
                .local();
        String now =
            Files.readString(dataset.resolve("train.jsonl"))
                + "\n"
                + Files.readString(dataset.resolve("valid.jsonl"));
        bytes = bytes == null ? now : bytes;
        assertThat(now).as("%s", options).isEqualTo(bytes);
      }
      Prepare.deleteTree(folder);
    }
  }
}
