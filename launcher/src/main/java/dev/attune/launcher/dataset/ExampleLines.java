package dev.attune.launcher.dataset;

import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.schema.ExampleLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The examples of a published dataset's file, one after the other. Holds one line at a time. */
public final class ExampleLines implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;

  private final InputStream in;
  private final ExampleFormat format;
  private final String name;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int next;
  private int filled;
  private long line;

  private ExampleLines(InputStream in, ExampleFormat format, String name) {
    this.in = in;
    this.format = format;
    this.name = name;
  }

  /** Opens a file of a dataset, {@link DatasetDirectory#train()} say. */
  public static ExampleLines open(Path file, OutputFormat format, Shell shell) throws IOException {
    return new ExampleLines(
        Files.newInputStream(file), ExampleFormats.of(format), shell.show(file));
  }

  /**
   * The next example, or null behind the last.
   *
   * @throws CommandFailure if a line is none of the format
   */
  public @Nullable ExampleLine next() throws IOException, CommandFailure {
    byte[] bytes = nextLine();
    if (bytes == null) {
      return null;
    }
    line++;
    try {
      return format.decode(bytes);
    } catch (ExampleFormatException e) {
      throw new CommandFailure(
          FailureCode.DATASET,
          List.of(),
          name
              + ":"
              + line
              + " is no example as attune prepare writes it ("
              + e.getMessage()
              + "): prepare the dataset anew.",
          e);
    }
  }

  private byte @Nullable [] nextLine() throws IOException {
    while (true) {
      for (int i = next; i < filled; i++) {
        if (chunk[i] == '\n') {
          byte[] whole = take(i);
          next = i + 1;
          return whole;
        }
      }
      begun.write(chunk, next, filled - next);
      next = 0;
      filled = in.read(chunk);
      if (filled < 0) {
        filled = 0;
        return begun.size() == 0 ? null : take(0);
      }
    }
  }

  /** What was begun, and the chunk up to an index. */
  private byte[] take(int end) {
    if (begun.size() == 0) {
      return Arrays.copyOfRange(chunk, next, end);
    }
    begun.write(chunk, next, end - next);
    byte[] whole = begun.toByteArray();
    begun.reset();
    return whole;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
