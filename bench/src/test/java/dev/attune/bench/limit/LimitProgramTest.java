package dev.attune.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.bench.generator.GenerateRecords;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LimitProgramTest {
  private static final String RECORDS = "2000";

  @TempDir private Path folder = Path.of("");

  @Test
  void sameArgumentsGiveTheSameBytes() throws Exception {
    Path first = generate("first");
    Path second = generate("second");

    assertThat(bytes(second)).isEqualTo(bytes(first)).hasSizeGreaterThan(14);
  }

  @Test
  void anotherSeedGivesOtherRecords() throws Exception {
    assertThat(bytes(generate("other", "--seed", "2"))).isNotEqualTo(bytes(generate("first")));
  }

  @Test
  void prepareAndLimitProgramMakeTheDatasetThatTheRecordsMustGive() throws Exception {
    agrees(generate("files"));
  }

  @Test
  void theyAgreeWithADatabaseToo() throws Exception {
    agrees(generate("database", "--feedback"));
  }

  @Test
  void theyAgreeAboutNearDuplicatesToo() throws Exception {
    Path input = generate("near", "--near");
    assertThat(Files.readString(input.resolve("expected.json"))).contains("NEAR_DUPLICATE");
    agrees(input);
  }

  private static void agrees(Path input) throws Exception {
    RunCounts expected = RunCounts.ofOwn(Files.readString(input.resolve("expected.json")));
    AttuneConfig config = ConfigLoader.load(input.resolve("attune.yaml"));

    RunCounts limit = new LimitProgram().prepare(config, input.resolve("limit"));
    PrepareResult prepared =
        PrepareDataset.run(
            new PrepareRequest(
                config, "bench", null, Map.of(), PrepareRunner.LOCAL, List.of(), null),
            PrepareProgress.NONE);

    assertThat(limit.isFullCountOf(expected)).as("%s, not %s", limit, expected).isTrue();
    assertThat(prepared.summary().fingerprint()).isEqualTo(limit.fingerprint());
    for (String file : List.of("train.jsonl", "valid.jsonl", "lineage.jsonl", "rejected.jsonl")) {
      assertThat(prepared.directory().local().resolve(file))
          .hasSameBinaryContentAs(input.resolve("limit").resolve(file));
    }
  }

  private Path generate(String name, String... more) {
    Path input = folder.resolve(name);
    CommandLine generator = new CommandLine(new GenerateRecords());
    String[] arguments =
        Stream.concat(Stream.of(input.toString(), "--records", RECORDS), Stream.of(more))
            .toArray(String[]::new);
    assertThat(generator.execute(arguments)).isZero();
    return input;
  }

  private static Map<String, String> bytes(Path input) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(input)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // Byte for char, so that a broken byte stays what it is.
        bytes.put(
            input.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes;
  }
}
