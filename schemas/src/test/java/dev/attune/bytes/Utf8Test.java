package dev.attune.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The check agrees with the JDK's strict decoder. */
class Utf8Test {
  @Property(tries = 20_000)
  void agreesWithTheJdk(@ForAll("soup") byte[] bytes) {
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(decodes(bytes));
  }

  @Property
  void takesEveryText(@ForAll String text) {
    boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    assertThat(Utf8.hasLoneSurrogate(text)).isEqualTo(!whole);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
  }

  /** Bytes at the borders of what sequences may hold, after some ASCII. */
  @Provide
  Arbitrary<byte[]> soup() {
    Arbitrary<Byte> border =
        Arbitraries.of(
                0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed,
                0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff)
            .map(Integer::byteValue);
    return border.array(byte[].class).ofMaxSize(12);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
