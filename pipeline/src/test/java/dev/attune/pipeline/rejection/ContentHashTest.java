package dev.attune.pipeline.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The expected hashes were computed by Python's hmac over fields with four length bytes before
 * each.
 */
class ContentHashTest {

  @Test
  void isAnHmacOverFieldsWithTheirLengths() {
    assertThat(ContentHash.of("childcare-observations").hex(utf8("ab"), utf8(""), utf8("ä")))
        .isEqualTo("3b5b1f46b108a7f08830cfde498c3f43");
    assertThat(ContentHash.of("d").hex()).isEqualTo("546dffd24e26047e732c2b2c9bb9f34d");
  }

  @Test
  void coversSystemInstructionRolesTextsAndMediaOfAnExample() {
    var turns = List.of(new Turn(Role.USER, "ä?", List.of("gs://b/a.png")), Turn.model("a"));
    assertThat(ContentHash.of("d").hexOf(example("s", turns)))
        .isEqualTo("eb9fcba701b7fda991cc1bb2d1860f5c");
  }

  @Test
  void tellsContentsApart() {
    ContentHash hash = ContentHash.of("d");
    assertThat(
            List.of(
                hash.hex(utf8("ab"), utf8("c")),
                hash.hex(utf8("a"), utf8("bc")),
                hash.hex(utf8("abc")),
                hash.hex(utf8("abc"), utf8("")),
                ContentHash.of("e").hex(utf8("abc")),
                hash.hexOf(example(null, List.of(Turn.model("a")))),
                hash.hexOf(example("", List.of(Turn.model("a")))),
                hash.hexOf(example("", List.of(Turn.user("a")))),
                hash.hexOf(example("", List.of(Turn.user("a"), Turn.user("")))),
                hash.hexOf(example("", List.of(new Turn(Role.USER, "a", List.of("")))))))
        .doesNotHaveDuplicates();
  }

  @Test
  void isTheSameWhateverWasHashedBefore() {
    ContentHash d = ContentHash.of("d");
    String first = d.hex(utf8("x"));
    ContentHash.of("e").hex(utf8("x"));
    assertThat(d.hex(utf8("x"))).isEqualTo(first).hasSize(32).matches("[0-9a-f]+");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Example example(@Nullable String system, List<Turn> turns) {
    return new Example(
        "generated:1",
        SourceName.GENERATED,
        "f:1",
        null,
        null,
        Example.NO_TIME,
        new ExampleLine(system, turns),
        List.of(),
        null);
  }
}
