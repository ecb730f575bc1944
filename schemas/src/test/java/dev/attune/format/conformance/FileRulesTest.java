package dev.attune.format.conformance;

import static dev.attune.format.conformance.Checking.texts;
import static dev.attune.format.conformance.TestLines.file;
import static dev.attune.format.conformance.TestLines.gemini;
import static dev.attune.format.conformance.TestLines.geminis;
import static dev.attune.format.conformance.TestLines.openAis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.bytes.Sha256;
import dev.attune.catalog.BaseModels;
import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.format.rule.Rule;
import dev.attune.place.Place;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRulesTest {
  /** Rules that only show across lines; each has a test here. */
  static final Set<Rule> TESTED =
      Set.of(
          Rule.FILE_NAME,
          Rule.FILE_EMPTY,
          Rule.FILE_TOO_LARGE,
          Rule.FILE_CHANGED,
          Rule.TUNING_ENDS,
          Rule.TUNING_ENDED,
          Rule.MEDIA_RESOLUTION_MIXED,
          Rule.TOO_MANY_DROPPED,
          Rule.SYSTEM_INSTRUCTION_INCONSISTENT,
          Rule.TOO_FEW_EXAMPLES,
          Rule.BELOW_LEAST_EXAMPLES,
          Rule.TOO_MANY_EXAMPLES,
          Rule.TOO_MANY_MULTIMODAL_EXAMPLES,
          Rule.VALIDATION_TOO_LARGE,
          Rule.VALIDATION_SHARE,
          Rule.VALIDATION_IN_TRAINING,
          Rule.BASE_MODEL_UNKNOWN,
          Rule.BASE_MODEL_OTHER_FORMAT,
          Rule.BASE_MODEL_RETIRED,
          Rule.BASE_MODEL_RETIRING,
          Rule.BASE_MODEL_PREVIEW,
          Rule.BASE_MODEL_OUT_OF_DATE);

  private static final String SYSTEM = "\"systemInstruction\":{\"parts\":[{\"text\":\"s\"}]},";

  @TempDir private Path directory;

  private List<String> check(
      OutputFormat format, @Nullable String baseModel, LocalDate today, String jsonl)
      throws IOException {
    Path file = Files.writeString(directory.resolve("f.jsonl"), jsonl);
    return Checking.file(file, Use.TRAINING, format, baseModel, today);
  }

  private List<String> check(OutputFormat format, String jsonl) throws IOException {
    return check(format, null, Checking.TODAY, jsonl);
  }

  @Test
  void findsNothingInEnoughGoodLines() throws IOException {
    assertThat(check(OutputFormat.GEMINI, geminis("q", 100))).isEmpty();
  }

  @Test
  void findsTooFewExamples() throws IOException {
    assertThat(check(OutputFormat.GEMINI, geminis("q", 99)))
        .containsExactly("0 too-few-examples: 99 examples, better at least 100");
    assertThat(check(OutputFormat.OPENAI, openAis(49)))
        .containsExactly("0 too-few-examples: 49 examples, better at least 50");
    assertThat(check(OutputFormat.OPENAI, openAis(9)))
        .containsExactly("0 below-least-examples: 9 examples, at least 10");
    assertThat(check(OutputFormat.OPENAI, openAis(50))).isEmpty();
  }

  @Test
  void countsOneExampleAndTheLinesThatCouldBeRead() throws IOException {
    assertThat(check(OutputFormat.OPENAI, openAis(1)))
        .containsExactly("0 below-least-examples: 1 example, at least 10");
    String with = gemini(SYSTEM, "{\"text\":\"r\"}", "");
    assertThat(check(OutputFormat.GEMINI, geminis("q", 99) + with + "{\n"))
        .contains(
            "100 system-instruction-inconsistent: this line has a system instruction, 1 of the 100"
                + " lines that could be read has one");
  }

  @Test
  void findsAnEmptyFileAndAWrongName() throws IOException {
    Path file = Files.writeString(directory.resolve("f.json"), "");
    assertThat(Checking.file(file, Use.TRAINING, OutputFormat.GEMINI, null, Checking.TODAY))
        .containsExactly(
            "0 file-name: the name does not end in .jsonl", "0 file-empty: the file has no line");
  }

  @Test
  void findsAFileThatIsTooLarge() throws IOException {
    Path file = directory.resolve("f.jsonl");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(512_000_001);
    }
    assertThat(Checking.file(file, Use.VALIDATION, OutputFormat.OPENAI, null, Checking.TODAY))
        .containsExactly(
            "1 line-too-long: the line has more than 67108864 bytes",
            "0 file-too-large: 512000001 bytes, at most 512000000");
  }

  @Test
  void findsTooManyExamplesForABaseModel() throws IOException {
    Path file = directory.resolve("f.jsonl");
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < 1_000_001; i++) {
        out.write("1\n");
      }
    }
    assertThat(
            Checking.file(
                file,
                Use.TRAINING,
                OutputFormat.GEMINI,
                "gemini-2.0-flash-001",
                LocalDate.of(2026, 1, 1)))
        .contains("0 too-many-examples: 1000001 examples, at most 1000000");
  }

  @Test
  void findsTooManyExamplesWithMedia() throws IOException {
    String image = gemini("", file("image/png", "gs://b/a.png"), "");
    assertThat(check(OutputFormat.GEMINI, image + "1\n".repeat(300_000)))
        .contains("0 too-many-multimodal-examples: 300001 examples, at most 300000");
    String openAi =
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://h/a.png\"}}]},{\"role\":\"assistant\",\"content\":\"a\"}]}\n";
    assertThat(check(OutputFormat.OPENAI, openAi.repeat(50_001)))
        .endsWith("0 too-many-multimodal-examples: 50001 examples, at most 50000");
  }

  @Test
  void findsThatTooManyLinesWouldBeDropped() throws IOException {
    String bad = "[]\n";
    List<String> tenth = check(OutputFormat.GEMINI, geminis("q", 90) + bad.repeat(10));
    assertThat(tenth).hasSize(10).noneMatch(text -> text.startsWith("0 "));
    assertThat(check(OutputFormat.GEMINI, geminis("q", 90) + bad.repeat(11)))
        .contains("0 too-many-dropped: 11 of 101 lines have errors");
    assertThat(check(OutputFormat.OPENAI, "[]\n".repeat(100)))
        .noneMatch(text -> text.startsWith("0 "));
  }

  @Test
  void findsThatSomeLinesLackTheSystemInstruction() throws IOException {
    String with = gemini(SYSTEM, "{\"text\":\"q\"}", "");
    String sixty =
        IntStream.range(0, 60)
            .mapToObj(i -> gemini(SYSTEM, "{\"text\":\"w" + i + "\"}", ""))
            .collect(Collectors.joining());
    assertThat(check(OutputFormat.GEMINI, sixty + geminis("q", 40)))
        .containsExactly(
            "61 system-instruction-inconsistent: this line has none, 60 of 100 lines have one");
    assertThat(check(OutputFormat.GEMINI, geminis("q", 99) + with))
        .containsExactly(
            "100 system-instruction-inconsistent: this line has a system instruction, 1 of 100"
                + " lines has one");
  }

  @Test
  void findsAnotherMediaResolutionWhereThereIsVideo() throws IOException {
    String low = ",\"generationConfig\":{\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\"}";
    String lines = geminis("q", 100);
    String video = file("video/mp4", "gs://b/a.mp4");
    String other = file("video/mp4", "gs://b/b.mp4");
    assertThat(check(OutputFormat.GEMINI, lines + gemini("", video, low))).isEmpty();
    assertThat(check(OutputFormat.GEMINI, lines + gemini("", video, low) + gemini("", other, "")))
        .containsExactly(
            "102 media-resolution-mixed: mediaResolution differs from that of the first line with"
                + " video");
  }

  @Test
  void findsAValidationFileThatIsTooLarge() throws IOException {
    Path file = Files.writeString(directory.resolve("v.jsonl"), geminis("q", 5_001));
    assertThat(Checking.file(file, Use.VALIDATION, OutputFormat.GEMINI, null, Checking.TODAY))
        .containsExactly("0 validation-too-large: 5001 examples, at most 5000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gemini-9         | 2026-11-20 | base-model-unknown: 'gemini-9' is not in the list, so the limits are those of the format
          gemini-2.5-flash | 2026-10-20 | base-model-retired: gemini-2.5-flash ended on 2026-10-20
          gemini-2.5-flash | 2026-10-19 | base-model-retiring: gemini-2.5-flash ends on 2026-10-20
          gemini-2.5-flash | 2026-01-01 | base-model-retiring: gemini-2.5-flash ends on 2026-10-20
          """)
  void findsWhatIsWrongWithTheBaseModel(String model, LocalDate today, String finding)
      throws IOException {
    assertThat(check(OutputFormat.GEMINI, model, today, geminis("q", 100)))
        .containsExactly("0 " + finding);
  }

  @Test
  void findsThatABaseModelIsAPreviewWhoseEndMayComeAndWasLookedUpLongAgo() throws IOException {
    LocalDate late = LocalDate.of(2027, 2, 19);
    assertThat(check(OutputFormat.GEMINI, "gemini-3.5-flash", late, geminis("q", 100)))
        .containsExactly(
            "0 base-model-retiring: gemini-3.5-flash ends on 2027-05-19 or later",
            "0 base-model-preview: gemini-3.5-flash is a preview model: Google may change or end it"
                + " at short notice",
            "0 base-model-out-of-date: gemini-3.5-flash was looked up on 2026-11-20, 91 days ago");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                    | 2026-11-28 | tuning-ends: OpenAI takes no new tuning jobs from 2027-01-06 on
          none                    | 2027-01-06 | tuning-ends: OpenAI has taken no new tuning jobs since 2027-01-06
          gpt-9                   | 2026-11-28 | tuning-ends: OpenAI takes no new tuning jobs from 2027-01-06 on
          gpt-4.1-mini-2025-04-14 | 2027-01-05 | tuning-ends: OpenAI takes no new tuning jobs for gpt-4.1-mini-2025-04-14 from 2027-01-06 on
          gpt-4.1-mini-2025-04-14 | 2027-01-06 | tuning-ended: OpenAI has taken no new tuning jobs for gpt-4.1-mini-2025-04-14 since 2027-01-06
          gpt-4.1-mini-2025-04-14 | 2027-01-13 | base-model-retiring: gpt-4.1-mini-2025-04-14 ends on 2027-01-14
          gpt-4.1-mini-2025-04-14 | 2027-01-14 | base-model-retired: gpt-4.1-mini-2025-04-14 ended on 2027-01-14
          gpt-4.1-nano-2025-04-14 | 2026-11-28 | base-model-retired: gpt-4.1-nano-2025-04-14 ended on 2026-10-23
          """)
  void findsThatAProviderTakesNoNewJobs(@Nullable String model, LocalDate today, String finding)
      throws IOException {
    Path file = Files.writeString(directory.resolve("f.jsonl"), openAis(50));
    Checker checker = new Checker(new CheckRules(model, null, today, BaseModels.bundled()));
    assertThat(texts(checker.file(Place.of(file), "f.jsonl", Use.TRAINING, OutputFormat.OPENAI)))
        .contains("0 " + finding);
  }

  @Test
  void findsABaseModelOfTheOtherFormat() throws IOException {
    LocalDate early = LocalDate.of(2026, 8, 20);
    assertThat(check(OutputFormat.OPENAI, "gemini-2.5-flash", early, openAis(50)))
        .contains("0 base-model-other-format: gemini-2.5-flash is tuned on gemini");
    assertThat(check(OutputFormat.GEMINI, "gemini-2.5-flash", early, geminis("q", 100)))
        .containsExactly("0 base-model-retiring: gemini-2.5-flash ends on 2026-10-20");
  }

  @Test
  void findsTrainingLinesThatAreValidationLinesToo() throws IOException {
    List<FileReport> reports = dataset(geminis("q", 100), gemini("v") + gemini("q7"));
    assertThat(texts(reports.get(0)))
        .containsExactly(
            "8 validation-in-training: the line is also line 2 of the validation file");
    assertThat(texts(reports.get(1))).isEmpty();
  }

  @Test
  void findsAValidationFileThatIsTooLargeBesideItsTrainingFile() throws IOException {
    assertThat(texts(dataset(geminis("q", 3_336), geminis("v", 1_001)).get(1)))
        .containsExactly("0 validation-share: 1001 examples beside 3336 examples of training");
    assertThat(texts(dataset(geminis("q", 3_337), geminis("v", 1_001)).get(1))).isEmpty();
    assertThat(texts(dataset(geminis("q", 100), geminis("v", 1_000)).get(1))).isEmpty();
  }

  @Test
  void findsInconsistenciesBetweenTheFiles() throws IOException {
    List<FileReport> reports =
        dataset(geminis("q", 100), gemini("v") + gemini(SYSTEM, "{\"text\":\"w\"}", ""));
    assertThat(texts(reports.get(0))).isEmpty();
    assertThat(texts(reports.get(1)))
        .containsExactly(
            "2 system-instruction-inconsistent: this line has a system instruction, 1 of 102 lines"
                + " has one");
  }

  @Test
  void findsFilesThatAreNotThoseOfTheManifest() throws IOException {
    dataset(geminis("q", 100), gemini("v"));
    DatasetManifest manifest = manifest();
    Files.writeString(directory.resolve("train.jsonl"), geminis("r", 100));
    Files.delete(directory.resolve("valid.jsonl"));
    List<FileReport> reports = checker().dataset(Place.of(directory), "d", manifest);
    assertThat(texts(reports.get(0)))
        .singleElement()
        .asString()
        .startsWith("0 file-changed: its SHA-256 is ")
        .contains(", that of the manifest ");
    assertThat(texts(reports.get(1))).containsExactly("0 file-changed: the file is gone");
  }

  private List<FileReport> dataset(String training, String validation) throws IOException {
    Files.writeString(directory.resolve("train.jsonl"), training);
    Files.writeString(directory.resolve("valid.jsonl"), validation);
    return checker().dataset(Place.of(directory), "d", manifest());
  }

  private static Checker checker() {
    return new Checker(new CheckRules(null, null, Checking.TODAY, BaseModels.bundled()));
  }

  /** A manifest that names the files as they are now. */
  private DatasetManifest manifest() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DatasetManifest.class.getResourceAsStream("manifest.json"))) {
      var json =
          (com.fasterxml.jackson.databind.node.ObjectNode) CanonicalJson.read(in.readAllBytes());
      var files = json.putArray("files");
      for (String name : List.of("train.jsonl", "valid.jsonl")) {
        byte[] bytes = Files.readAllBytes(directory.resolve(name));
        MessageDigest sha256 = Sha256.newDigest();
        files
            .addObject()
            .put("name", name)
            .put("sha256", HexFormat.of().formatHex(sha256.digest(bytes)))
            .put("bytes", bytes.length)
            .put("lines", 1);
      }
      return DatasetManifest.read(CanonicalJson.pretty(json));
    }
  }
}
