package dev.attune.pipeline.read.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
  @Test
  void numbersLinesAndDropsTheirEnds() throws IOException {
    assertThat(lines("\uFEFFone\r\n\ntwo\n")).containsExactly("1 one", "2 ", "3 two");
    assertThat(lines("one\ntwo")).containsExactly("1 one", "2 two");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void storesNoLineThatIsTooLong() throws IOException {
    String limit = "x".repeat(10);

    assertThat(lines(limit + "\r\n" + limit + "x\n" + "x".repeat(200_000) + "\nend"))
        .containsExactly("1 " + limit, "2 too long", "3 too long", "4 end");
  }

  @Test
  void tellsLinesThatAreNotUtf8() throws IOException {
    byte[] bytes = {'a', '\n', (byte) 0xC3, '\n', 'b'};

    assertThat(lines(bytes)).containsExactly("1 a", "2 null", "3 b");
  }

  private static List<String> lines(String text) throws IOException {
    return lines(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(byte[] bytes) throws IOException {
    BoundedLines lines = new BoundedLines(new ByteArrayInputStream(bytes), 10);
    List<String> found = new ArrayList<>();
    for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
      found.add(line.number() + " " + (line.tooLong() ? "too long" : line.text()));
    }
    return found;
  }
}
