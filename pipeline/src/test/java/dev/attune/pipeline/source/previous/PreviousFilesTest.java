package dev.attune.pipeline.source.previous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.QualityFactor;
import dev.attune.pipeline.example.SourceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files are cut, and what a line of lineage says. */
class PreviousFilesTest {
  private static final String TOLD =
      "{\"file\":\"valid.jsonl\",\"line\":3,\"id\":\"generated:1\",\"source\":\"generated\","
          + "\"group\":\"g\",\"categories\":[\"a\",\"b\"],\"quality\":{\"score\":6.8,"
          + "\"brought\":false,\"factors\":{\"length\":1.0,\"unfinished\":-1.0}},"
          + "\"cluster\":\"generated:0\",\"parent\":null,\"fingerprint\":\""
          + "0f".repeat(32)
          + "\"}";

  @TempDir private Path folder;

  @Test
  void marksLinesAndTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "aaa\nb\n\ncccc\n");
    SurveyedFile every = SurveyedFile.of(file, SurveyedFile.every(1));
    assertThat(every.lines()).isEqualTo(4);
    assertThat(every.bytes()).isEqualTo(12);
    assertThat(every.marks())
        .containsExactly(mark(1, 0), mark(2, 4), mark(3, 6), mark(4, 7), mark(5, 12));
    assertThat(SurveyedFile.of(file, SurveyedFile.every(5)).marks())
        .containsExactly(mark(1, 0), mark(3, 6), mark(5, 12));
    assertThat(SurveyedFile.of(file, SurveyedFile.every(99)).marks())
        .containsExactly(mark(1, 0), mark(5, 12));
    assertThat(SurveyedFile.of(file, (line, offset) -> line == 2).marks())
        .containsExactly(mark(2, 4), mark(5, 12));
  }

  @Test
  void marksTheStartOfAFileWithoutLines() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "");
    SurveyedFile empty = SurveyedFile.of(file, SurveyedFile.every(1));
    assertThat(empty.lines()).isZero();
    assertThat(empty.marks()).containsExactly(mark(1, 0));
  }

  @Test
  void readsTheLinesOfAPart() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "aaa\nb\n\ncccc\n");
    assertThat(lines(file, 4, 12)).containsExactly("b", "", "cccc");
    assertThat(lines(file, 0, 6)).containsExactly("aaa", "b");
    assertThat(lines(file, 4, 4)).isEmpty();
    assertThat(lines(file, 8, 40)).containsExactly("ccc");
    assertThat(lines(file, 0, 2)).containsExactly("aa");
  }

  private static List<String> lines(Path file, long start, long end) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineStream in = LineStream.open(file, new CarriedRange.Bytes(start, end))) {
      for (byte[] line = in.next(); line != null; line = in.next()) {
        lines.add(new String(line, StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private static SurveyedFile.Mark mark(long line, long offset) {
    return new SurveyedFile.Mark(line, offset);
  }

  @Test
  void understandsALineOfLineage() {
    LineageLine line = Objects.requireNonNull(parse(TOLD));
    assertThat(line.file()).isEqualTo("valid.jsonl");
    assertThat(line.line()).isEqualTo(3);
    assertThat(line.provenance().id()).isEqualTo("generated:1");
    assertThat(line.provenance().source()).isEqualTo(SourceName.GENERATED);
    assertThat(line.provenance().group()).isEqualTo("g");
    assertThat(line.provenance().parent()).isNull();
    assertThat(line.provenance().categories()).containsExactly("a", "b");
    var quality = Objects.requireNonNull(line.provenance().quality());
    assertThat(quality.tenths()).isEqualTo(68);
    assertThat(quality.brought()).isFalse();
    assertThat(quality.factorList())
        .containsExactly(QualityFactor.LENGTH, QualityFactor.UNFINISHED);
    assertThat(line.fingerprint().hex()).isEqualTo("0f".repeat(32));
  }

  @Test
  void takesNothingElseForOne() {
    assertThat(parse("{}")).isNull();
    assertThat(parse("not JSON")).isNull();
    assertThat(parse(TOLD.replace("0f0f", "0g0g"))).isNull();
    assertThat(parse(TOLD.replace("0f0f0f", "0f0f"))).isNull();
    assertThat(parse(TOLD.replace("6.8", "68"))).isNull();
    assertThat(parse(TOLD.replace("\"generated\"", "\"elsewhere\""))).isNull();
    assertThat(parse(TOLD.replace("\"generated:1\"", "\"feedback:1\""))).isNull();
  }

  private static @Nullable LineageLine parse(String json) {
    return LineageLine.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
