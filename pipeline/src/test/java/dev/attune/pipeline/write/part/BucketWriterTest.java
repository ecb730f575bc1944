package dev.attune.pipeline.write.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketWriterTest {
  @TempDir Path folder;
  private final List<ExamplePart> parts = new ArrayList<>();
  private final List<RejectedRecord> rejected = new ArrayList<>();
  private final DecidedBucket bucket = new DecidedBucket(hash());

  private static ContentHash hash() {
    return ContentHash.of("answers");
  }

  private void write(int number) throws IOException {
    new BucketWriter(new TemporaryFolder(folder + "/"), true)
        .write(number, bucket, parts::add, rejected::add);
  }

  @Test
  void writesEachSplitSortedByFingerprint() throws IOException {
    // By their SHA-256: b is 3e23..., c is 2e7d..., a is ca97..., d is 18ac...
    for (String line : List.of("a", "b", "c", "d")) {
      bucket.add(body(line));
    }
    bucket.add(decision("a", Split.TRAINING, null));
    bucket.add(decision("b", Split.TRAINING, null));
    bucket.add(decision("c", Split.TRAINING, null));
    bucket.add(decision("d", Split.VALIDATION, null));

    write(3);

    assertThat(parts)
        .extracting(ExamplePart::split)
        .containsExactly(Split.TRAINING, Split.VALIDATION);
    assertThat(lines(parts.get(0))).isEqualTo("c\nb\na\n");
    assertThat(lines(parts.get(1))).isEqualTo("d\n");
    assertThat(parts.get(0).bytes()).isEqualTo(6);
    assertThat(parts.get(0).tally().count()).isEqualTo(3);
    assertThat(rejected).isEmpty();
  }

  @Test
  void saysWhichRecordStandsForARejectedOne() throws IOException {
    bucket.add(body("a"));
    bucket.add(decision("a", null, RejectionReason.EXACT_DUPLICATE));

    write(0);

    assertThat(parts).isEmpty();
    assertThat(rejected)
        .containsExactly(
            new RejectedRecord(
                "feedback:a",
                "feedback",
                "row a",
                "dedup",
                RejectionReason.EXACT_DUPLICATE,
                "Another record has the same normal form.",
                "feedback:z",
                hash().hex("a".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void namesTheSplitForWhatIsOverCapacity() throws IOException {
    bucket.add(body("a"));
    bucket.add(decision("a", null, RejectionReason.OVER_CAPACITY));
    write(0);
    assertThat(rejected).extracting(RejectedRecord::stage).containsExactly("split");
  }

  @Test
  void noticesABodyWithoutDecision() {
    bucket.add(body("a"));
    assertThatThrownBy(() -> write(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the record at row a has no decision");
  }

  @Test
  void noticesADecisionWithoutBody() {
    bucket.add(decision("a", Split.TRAINING, null));
    assertThatThrownBy(() -> write(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("1 records have a decision but no body");
  }

  @Test
  void givesTwoRecordsThatAgreeInEverythingADecisionEach() throws IOException {
    // As two rows of a table without a key.
    bucket.add(body("a"));
    bucket.add(body("a"));
    bucket.add(decision("a", Split.TRAINING, null));
    bucket.add(decision("a", null, RejectionReason.EXACT_DUPLICATE));
    write(0);
    assertThat(parts).hasSize(1).allMatch(part -> part.tally().count() == 1);
    assertThat(rejected).hasSize(1);
  }

  @Test
  void tellsTheFinalizerWhatIsCommonAndCarriedAndInWhichGroup() throws IOException {
    bucket.add(body("a", "g", false));
    bucket.add(body("b", "g", true));
    bucket.add(body("c", "g", false));
    bucket.add(decision("a", Split.TRAINING, null));
    bucket.add(decision("b", Split.TRAINING, null));
    bucket.add(common("c"));
    write(0);
    List<LineageFrame> frames = frames(parts.get(0));
    assertThat(frames)
        .extracting(LineageFrame::content)
        .containsExactly(key("c"), key("b"), key("a"));
    assertThat(frames).extracting(LineageFrame::common).containsExactly(true, false, false);
    assertThat(frames).extracting(LineageFrame::carried).containsExactly(false, true, false);
    assertThat(frames.get(1).group()).isEqualTo(frames.get(2).group());
    assertThat(frames.get(0).group()).isNotEqualTo(frames.get(1).group());
  }

  private List<LineageFrame> frames(ExamplePart part) throws IOException {
    List<LineageFrame> frames = new ArrayList<>();
    try (InputStream in = Files.newInputStream(folder.resolve(part.lineageFile()))) {
      for (long i = 0; i < part.tally().count(); i++) {
        frames.add(LineageFrame.CODER.decode(in));
      }
    }
    return frames;
  }

  private String lines(ExamplePart part) throws IOException {
    return Files.readString(folder.resolve(part.linesFile()));
  }

  private static EncodedExample body(String line) {
    return body(line, null, false);
  }

  private static EncodedExample body(String line, @Nullable String group, boolean carried) {
    Provenance from =
        new Provenance(
            "feedback:" + line,
            SourceName.FEEDBACK,
            "row " + line,
            group,
            null,
            List.of(),
            null,
            Commonness.NONE);
    return new EncodedExample(
        from,
        new Line(line.getBytes(StandardCharsets.UTF_8)),
        TestRecord.fingerprint(line),
        key(line),
        key(line),
        1,
        1,
        carried);
  }

  private static Decision common(String line) {
    return new Decision(
        TestRecord.fingerprint(line),
        key(line),
        "feedback:a",
        Split.TRAINING,
        null,
        null,
        Commonness.PROMPT);
  }

  private static Decision decision(
      String line, @Nullable Split split, @Nullable RejectionReason reason) {
    return new Decision(
        TestRecord.fingerprint(line),
        key(line),
        "feedback:a",
        split,
        reason,
        reason == null ? null : "feedback:z",
        Commonness.NONE);
  }

  private static Key128 key(String line) {
    return new Key128(0, line.hashCode());
  }
}
