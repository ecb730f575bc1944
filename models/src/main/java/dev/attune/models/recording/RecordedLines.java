package dev.attune.models.recording;

import dev.attune.filesystem.LineReader;
import dev.attune.message.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads files of recorded answers. */
final class RecordedLines {
  private RecordedLines() {}

  /**
   * Reads all lines. An incomplete last line is ignored: its process was killed while it wrote.
   *
   * @param name of the file, for messages
   * @throws IOException with a sentence, if another line is no recorded answer
   */
  static void read(InputStream in, String name, Consumer<RecordedLine> lines) throws IOException {
    int number = 0;
    int faulty = 0;
    try (LineReader reader = new LineReader(in)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        number++;
        if (faulty > 0) {
          break;
        }
        try {
          lines.accept(RecordedLine.parse(line));
        } catch (IllegalArgumentException e) {
          faulty = number;
        }
      }
    }
    if (faulty > 0 && faulty < number) {
      throw new IOException(Messages.of("models.recording.line", name, faulty));
    }
  }
}
