package dev.attune.pipeline.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.LineageFrame;
import dev.attune.pipeline.write.part.RejectedBucketWriter;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.SplitStatistics;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
  @TempDir Path folder;

  @Test
  void putsPartsTogetherInTheOrderOfTheirBuckets() throws IOException {
    DatasetFiles files = new DatasetFiles(temporary(), temporary());
    files.writeExamples(
        List.of(
            part(2, Split.TRAINING, "c", 3),
            part(1, Split.VALIDATION, "v", 4),
            part(0, Split.TRAINING, "a", 1)));

    assertThat(read("train.jsonl")).isEqualTo("a\nc\n");
    assertThat(read("valid.jsonl")).isEqualTo("v\n");
    assertThat(read("lineage.jsonl"))
        .isEqualTo(
            """
            {"file":"train.jsonl","line":1,"of":"a"}
            {"file":"train.jsonl","line":2,"of":"c"}
            {"file":"valid.jsonl","line":1,"of":"v"}
            """);
    assertThat(files.files())
        .extracting(PublishedFile::name)
        .containsExactly("train.jsonl", "valid.jsonl", "lineage.jsonl");
    assertThat(files.files().get(0))
        .isEqualTo(
            new PublishedFile(
                "train.jsonl",
                // printf 'a\nc\n' | sha256sum
                "b72cf6d7918130f75347ff0f8b6e9fde004ee6d7fc26af90a349707207f72750",
                4,
                2));
  }

  @Test
  void measuresWhatStandsInBothSplits() throws IOException {
    DatasetFiles files = new DatasetFiles(temporary(), temporary());
    files.writeExamples(
        List.of(
            part(0, Split.TRAINING, "a", 1),
            part(1, Split.TRAINING, "b", 1),
            part(2, Split.TRAINING, "c", 2),
            part(3, Split.VALIDATION, "v", 1)));
    // Two training examples of one group, and of one content.
    assertThat(files.groupsAcross()).isEqualTo(1);
    assertThat(files.contentsAcross()).isEqualTo(2);
  }

  @Test
  void writesEmptyFilesWhereThereIsNothing() throws IOException {
    DatasetFiles files = new DatasetFiles(temporary(), temporary());
    files.writeExamples(List.of());
    files.writeRejected(List.of());
    assertThat(files.files()).allMatch(file -> file.bytes() == 0 && file.lines() == 0).hasSize(4);
  }

  @Test
  void mergesRejectedRecordsInOrder() throws IOException {
    DatasetFiles files = new DatasetFiles(temporary(), temporary());
    files.writeRejected(
        List.of(rejected("b:2", "a:9", "c:1"), rejected("b:3", "b:1", "a:1"), rejected("d:1")));
    assertThat(
            read("rejected.jsonl").lines().map(line -> line.replaceAll(".*location\":\"|\".*", "")))
        .containsExactly("a:1", "a:9", "b:1", "b:2", "b:3", "c:1", "d:1");
  }

  /** Records whose id is the part of their location before the colon. */
  private RejectedPart rejected(String... places) throws IOException {
    RejectedBucketWriter writer = new RejectedBucketWriter(temporary());
    for (String place : places) {
      writer.add(
          new RejectedRecord(
              place.substring(0, 1),
              "feedback",
              place,
              "read",
              RejectionReason.NEUTRAL_RATING,
              "The rating is 3.",
              null,
              "0"));
    }
    return writer.write(0);
  }

  private ExamplePart part(int bucket, Split split, String line, long key) throws IOException {
    String name = split + "-" + bucket;
    try (OutputStream lines = temporary().create("lines-" + name);
        OutputStream lineage = temporary().create("lineage-" + name)) {
      lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      byte[] tail = ("\"of\":\"" + line + "\"}").getBytes(StandardCharsets.UTF_8);
      LineageFrame.CODER.encode(
          new LineageFrame(new Key128(0, key), new Key128(1, key), false, false, new Line(tail)),
          lineage);
    }
    return new ExamplePart(
        bucket,
        split,
        "lines-" + name,
        "lineage-" + name,
        2,
        Tally.none(split.fileName()).plus(line),
        Tally.none(split.fileName()),
        new SplitStatistics());
  }

  private TemporaryFolder temporary() {
    return new TemporaryFolder(folder + "/");
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
