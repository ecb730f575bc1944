package dev.attune.pipeline.source.previous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.QualityFactor;
import dev.attune.pipeline.example.SourceName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineageLineTest {
  private static final String TOLD =
      "{\"file\":\"valid.jsonl\",\"line\":3,\"id\":\"generated:1\",\"source\":\"generated\","
          + "\"group\":\"g\",\"categories\":[\"a\",\"b\"],\"quality\":{\"score\":6.8,"
          + "\"brought\":false,\"factors\":{\"length\":1.0,\"unfinished\":-1.0}},"
          + "\"cluster\":\"generated:0\",\"parent\":null,\"fingerprint\":\""
          + "0f".repeat(32)
          + "\"}";

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
