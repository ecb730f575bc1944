package dev.attune.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.FeedbackRows;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.Improvements;
import dev.attune.schema.DatasetManifest.MadeBy;
import dev.attune.schema.DatasetManifest.Previous;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.DatasetManifest.Read;
import dev.attune.schema.DatasetManifest.RecordCounts;
import dev.attune.schema.DatasetManifest.Rejected;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.SplitOverlap;
import dev.attune.schema.DatasetManifest.Tokens;
import dev.attune.schema.DatasetManifest.Watermark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetManifestTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void writesTheBytesOfTheContract() throws Exception {
    assertThat(new String(manifest().toJson(), StandardCharsets.UTF_8)).isEqualTo(golden());
  }

  @Test
  void readsWhatItWrites() throws Exception {
    DatasetManifest manifest = manifest();

    assertThat(DatasetManifest.read(manifest.toJson())).isEqualTo(manifest);
    assertThat(DatasetManifest.read(manifest.toJson()).toJson()).isEqualTo(manifest.toJson());
  }

  @Test
  void isValidBySchema() throws Exception {
    assertThat(SchemaFile.MANIFEST.validate(CanonicalJson.read(manifest().toJson()))).isEmpty();
  }

  @Test
  void leavesOutSourcesThatAreNotConfigured() throws Exception {
    DatasetManifest full = manifest();
    DatasetManifest bare = withSources(full, new Sources(null, null, null, null));

    assertThat(CanonicalJson.read(bare.toJson()).path("sources").isEmpty()).isTrue();
    assertThat(DatasetManifest.read(bare.toJson())).isEqualTo(bare);
  }

  @Test
  void saysWhichDatasetItBuildsOn() throws Exception {
    DatasetManifest alone = manifest();
    assertThat(alone.trainingExamples()).isEqualTo(5);
    assertThat(alone.sourcesFingerprint()).isEqualTo(HASH);
    Previous previous =
        new Previous("answers", "r0", "sha256:" + HASH, HASH, "sha256:" + HASH, 7, 2);
    DatasetManifest manifest = withSources(alone, alone.sources().buildingOn(previous));

    JsonNode json = CanonicalJson.read(manifest.toJson());

    assertThat(SchemaFile.MANIFEST.validate(json)).isEmpty();
    assertThat(json.at("/previous/runId").asText()).isEqualTo("r0");
    assertThat(json.at("/counts/training").asInt()).isEqualTo(5);
    assertThat(DatasetManifest.read(manifest.toJson())).isEqualTo(manifest);
    assertThat(manifest.trainingExamples()).isEqualTo(12);
    assertThat(manifest.validationExamples()).isEqualTo(3);
    assertThat(manifest.sourcesFingerprint()).isEqualTo("sha256:" + HASH);
  }

  @Test
  void saysWhatBecameOfImprovements() throws Exception {
    DatasetManifest plain = manifest();
    Improvements counts = new Improvements(9, 4, 2, 2, 1);
    DatasetManifest manifest = withSources(plain, plain.sources().improvedBy(counts));

    JsonNode json = CanonicalJson.read(manifest.toJson());

    assertThat(SchemaFile.MANIFEST.validate(json)).isEmpty();
    assertThat(json.path("improvements").toString())
        .isEqualTo("{\"read\":9,\"used\":4,\"withoutRow\":2,\"outdated\":2,\"notNeeded\":1}");
    assertThat(DatasetManifest.read(manifest.toJson())).isEqualTo(manifest);
    assertThat(countsOf(manifest)).isEqualTo(counts);
    assertThat(countsOf(plain)).isNull();
  }

  private static @Nullable Improvements countsOf(DatasetManifest manifest) {
    FeedbackRows feedback = DatasetManifest.read(manifest.toJson()).sources().feedback();
    return feedback == null ? null : feedback.improvementCounts();
  }

  @Test
  void saysNothingOfImprovementsWhereThereAreNone() {
    Sources none =
        new Sources(new FeedbackRows(new Watermark(0, null, null), List.of()), null, null, null);

    assertThat(none.improvedBy(new Improvements(0, 0, 0, 0, 0))).isEqualTo(none);
  }

  @Test
  void saysThatATableWasEmpty() throws Exception {
    Sources sources =
        new Sources(new FeedbackRows(new Watermark(0, null, null), List.of()), null, null, null);
    DatasetManifest manifest = withSources(manifest(), sources);

    assertThat(DatasetManifest.read(manifest.toJson()).sources()).isEqualTo(sources);
  }

  @Test
  void namesAnObjectByItsGenerationAndCheckSum() throws Exception {
    SourceFile object =
        SourceFile.ofObject("gs://b/a.jsonl", 9, 1_795_908_014_905_066L, "qTxfkw==");
    Sources sources = new Sources(null, new SourceFiles(List.of(object)), null, null);
    DatasetManifest manifest = withSources(manifest(), sources);

    JsonNode json = CanonicalJson.read(manifest.toJson());

    assertThat(json.at("/sources/observations/files/0").toString())
        .isEqualTo(
            "{\"name\":\"gs://b/a.jsonl\",\"bytes\":9,\"generation\":1795908014905066,"
                + "\"crc32c\":\"qTxfkw==\"}");
    assertThat(SchemaFile.MANIFEST.validate(json)).isEmpty();
    assertThat(DatasetManifest.read(manifest.toJson()).sources()).isEqualTo(sources);
  }

  @Test
  void refusesAnObjectWithoutItsCheckSumAndAFileWithoutItsHash() throws Exception {
    String hash = "\"sha256\": \"" + HASH + "\"\n    }\n  },\n  \"config\"";
    for (String instead :
        List.of("\"records\": 1", "\"generation\": 1", "\"crc32c\": \"qTxfkw==\"")) {
      String json = golden().replace(hash, hash.replace("\"sha256\": \"" + HASH + "\"", instead));
      assertThat(json).isNotEqualTo(golden());
      assertThatThrownBy(() -> DatasetManifest.read(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(ManifestException.class)
          .hasMessageContaining("/sources/taxonomy");
    }
  }

  @Test
  void refusesCountsThatDoNotAddUp() {
    assertThatThrownBy(() -> manifest(new Read(2, 3, 4, 9), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not add up");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "\"schemaVersion\": 2 ~ \"schemaVersion\": 3 ~ The manifest has schemaVersion 3, and this"
            + " version of Attune reads up to 2: upgrade Attune.",
        "\"schemaVersion\": 2 ~ \"schemaVersion\": 0 ~ The manifest is damaged: /schemaVersion must"
            + " be 1 or 2.",
        "\"rules\": 2, ~ ~ The manifest is damaged: /versions has no \"rules\".",
        "\"beginningsAcrossSplits\": null, ~ ~ The manifest is damaged: /split has no"
            + " \"beginningsAcrossSplits\".",
        "\"training\": 5 ~ \"training\": 6 ~ The manifest is damaged: its counts do not add up.",
        "\"training\": 5 ~ \"training\": -5 ~ The manifest is damaged: /counts/training must be"
            + " at least 0.",
        "\"lines\": 5 ~ \"lines\": \"5\" ~ The manifest is damaged: /files/0/lines is text, must"
            + " be a whole number.",
        "\"runId\": \"0a1b2c3d4e5f\", ~ ~ The manifest is damaged: it has no \"runId\".",
        "} ~ } } ~ The manifest is not valid JSON.",
      })
  void refusesADamagedManifestInOneSentence(String from, @Nullable String to, String sentence)
      throws Exception {
    int at = golden().indexOf(from);
    String damaged =
        golden().substring(0, at) + (to == null ? "" : to) + golden().substring(at + from.length());

    assertThatThrownBy(() -> DatasetManifest.read(damaged.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ManifestException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesKeysGivenTwice() throws Exception {
    String twice = golden().replace("\"runId\":", "\"dataset\": \"x\", \"runId\":");

    assertThatThrownBy(() -> DatasetManifest.read(twice.getBytes(StandardCharsets.UTF_8)))
        .hasMessage("The manifest is not valid JSON.");
  }

  @Test
  void knowsOfVersion1OnlyWhatItSays() throws Exception {
    DatasetManifest old = DatasetManifest.read(resource("manifest-1.json"));

    assertThat(old.split()).isEqualTo(new SplitOverlap(0, null, null, 0L));
    assertThat(old.versions()).isEqualTo(new MadeBy(null, Map.of("attune", "0.1.0")));
    assertThat(old.counts()).isEqualTo(manifest().counts());
    assertThatThrownBy(old::toJson).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesNoFigureOfVersion1ForAnotherOne() throws Exception {
    String json = new String(resource("manifest-1.json"), StandardCharsets.UTF_8);
    String without =
        json.replace("\"config\": {", "\"config\": {\"duplicates\": {\"near\": false},");

    assertThat(DatasetManifest.read(without.getBytes(StandardCharsets.UTF_8)).split())
        .isEqualTo(new SplitOverlap(0, null, null, null));
  }

  @Test
  void tellsANewerManifestFromADamagedOne() throws Exception {
    assertThatThrownBy(
            () -> DatasetManifest.read("{\"schemaVersion\": 3}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(ManifestException.class, e -> assertThat(e.isNewer()).isTrue());
    assertThatThrownBy(
            () -> DatasetManifest.read("{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(ManifestException.class, e -> assertThat(e.isNewer()).isFalse());
  }

  private static String golden() throws IOException {
    return new String(resource("manifest.json"), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DatasetManifestTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    }
  }

  private static DatasetManifest withSources(DatasetManifest m, Sources sources) {
    return new DatasetManifest(
        m.identity(),
        m.counts(),
        m.redacted(),
        m.categories(),
        m.split(),
        m.tokens(),
        m.files(),
        sources,
        m.config(),
        m.versions());
  }

  private static DatasetManifest manifest() throws Exception {
    return manifest(new Read(2, 3, 4, 9), 5);
  }

  private static DatasetManifest manifest(Read read, long training) throws Exception {
    Map<String, Long> byReason = new LinkedHashMap<>();
    byReason.put("MISSING_FIELD", 2L);
    byReason.put("INVALID_RATING", 1L);
    Map<String, Long> redacted = new LinkedHashMap<>();
    redacted.put("email", 3L);
    redacted.put("card", 0L);
    Map<String, CategoryCount> categories = new LinkedHashMap<>();
    categories.put("Motor", new CategoryCount(3, 1));
    categories.put("Language", new CategoryCount(2, 0));
    return new DatasetManifest(
        new Identity(
            "childcare-observations",
            "classification",
            "gemini",
            "0a1b2c3d4e5f",
            "sha256:" + HASH,
            HASH),
        new RecordCounts(read, training, 1, new Rejected(3, byReason)),
        redacted,
        categories,
        new SplitOverlap(0, 0L, null, 0L),
        new Tokens(40, 8, "utf8-bytes/4"),
        List.of(
            new PublishedFile("train.jsonl", HASH, 160, 5),
            new PublishedFile("valid.jsonl", HASH, 32, 1)),
        new Sources(
            new FeedbackRows(
                new Watermark(2, "17", "2026-01-02T03:04:05Z"),
                List.of(new SourceFile("improvements/a.jsonl", 10, HASH, null))),
            new SourceFiles(List.of(new SourceFile("observations/a.csv", 20, HASH, 3L))),
            new SourceFiles(List.of(new SourceFile("generated/a.jsonl", 30, HASH, 4L))),
            new SourceFile("../taxonomy/learningdomains.json", 40, HASH, null)),
        CanonicalJson.read(
            "{\"quality\": {\"minimum\": 7.50}, \"limits\": {\"trainingBytes\": 99999999999}}"
                .getBytes(StandardCharsets.UTF_8)),
        new MadeBy(2, Map.of("attune", "0.1.0")));
  }
}
