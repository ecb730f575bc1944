package dev.attune.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.prepare.PrepareRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random mixtures of what must be joined, from end to end, before a judge that shares no code with
 * the pipeline. A failure names the seed with which it comes again.
 */
class RandomSplitsTest {
  private static final List<String> FILES =
      List.of("train.jsonl", "valid.jsonl", "lineage.jsonl", "rejected.jsonl");

  static JudgedRules rules(Random random) {
    JudgedRules rules =
        random.nextInt(3) > 0 ? JudgedRules.ofConversation() : JudgedRules.ofClassification();
    return rules
        .near(random.nextInt(4) > 0)
        .byGroup(random.nextInt(4) > 0)
        .validating(20 + random.nextInt(31));
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void nothingCrossesAndNothingIsDroppedForBeingJoined(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    JudgedRules rules = rules(random);
    List<JudgedRecord> records = JudgedMixture.of(random, rules.conversation(), "a");
    Path folder = Files.createTempDirectory("attune-judged-");
    // Now and then training is too small for all of them.
    String limits =
        random.nextInt(4) == 0
            ? "limits: {trainingExamples: " + (30 + random.nextInt(50)) + "}\n"
            : "";
    Path dataset =
        new JudgedRun(folder, rules).with(limits).prepare("one", records).directory().local();
    assertThat(DatasetJudge.findings(new JudgedCase(rules, records, JudgedDataset.of(dataset))))
        .as("%s, seed %s", rules, seed)
        .isEmpty();
    JudgedRun.delete(folder);
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void anyOrderAndEitherEngineGiveTheSameBytes(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    JudgedRules rules = rules(random);
    List<JudgedRecord> records =
        new ArrayList<>(JudgedMixture.of(random, rules.conversation(), "a"));
    Path folder = Files.createTempDirectory("attune-judged-");
    JudgedRun run = new JudgedRun(folder, rules);
    Path one = run.prepare("one", records).directory().local();
    Collections.shuffle(records, random);
    Path shuffled =
        run.by(PrepareRunner.LOCAL, "--localParallelism=3", "--localMemory=1")
            .prepare("shuffled", records)
            .directory()
            .local();
    Collections.shuffle(records, random);
    Path flink =
        run.by(PrepareRunner.FLINK, "--parallelism=2")
            .prepare("flink", records)
            .directory()
            .local();
    for (String file : FILES) {
      List<String> lines = withoutPlaces(one.resolve(file));
      assertThat(withoutPlaces(shuffled.resolve(file)))
          .as("%s, seed %s", file, seed)
          .isEqualTo(lines);
      assertThat(withoutPlaces(flink.resolve(file))).as("%s, seed %s", file, seed).isEqualTo(lines);
    }
    JudgedRun.delete(folder);
  }

  /** A rejected record has another location where its line has. */
  private static List<String> withoutPlaces(Path file) throws Exception {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceFirst("\"location\":\"[^\"]*\"", ""))
        .toList();
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aChainOfDatasetsKeepsToAllOfIt(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    JudgedRules rules = rules(random);
    Path folder = Files.createTempDirectory("attune-judged-");
    List<JudgedRecord> earlier = new ArrayList<>();
    Set<List<String>> commonBefore = new HashSet<>();
    JudgedDataset previous = null;
    int length = 2 + random.nextInt(2);
    for (int i = 0; i < length; i++) {
      List<JudgedRecord> records =
          new ArrayList<>(JudgedMixture.of(random, rules.conversation(), "r" + i + "-", earlier));
      if (random.nextBoolean()) {
        records.addAll(earlier.subList(0, earlier.size() / 4));
      }
      JudgedDataset dataset =
          JudgedDataset.of(
              new JudgedRun(folder.resolve("run-" + i), rules)
                  .on(previous == null ? null : previous.folder())
                  .prepare("one", records)
                  .directory()
                  .local());
      JudgedCase judged = new JudgedCase(rules, records, dataset, previous, earlier, commonBefore);
      assertThat(DatasetJudge.findings(judged))
          .as("dataset %s of %s, %s, seed %s", i + 1, length, rules, seed)
          .isEmpty();
      commonBefore.addAll(new CommonKeys(judged).keys());
      earlier.addAll(records);
      previous = dataset;
    }
    JudgedRun.delete(folder);
  }
}
