package dev.attune.launcher.dataset;

import dev.attune.config.OutputFormat;
import dev.attune.filesystem.LineReader;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the examples of train.jsonl or valid.jsonl in order, one line in memory at a time. */
public final class ExampleLines implements AutoCloseable {
  private final LineReader lines;
  private final ExampleFormat format;
  private final String name;
  private long line;

  private ExampleLines(LineReader lines, ExampleFormat format, String name) {
    this.lines = lines;
    this.format = format;
    this.name = name;
  }

  /** Opens a file of a published dataset. */
  public static ExampleLines open(Place file, OutputFormat format, Shell shell) throws IOException {
    return new ExampleLines(
        new LineReader(file.open()), ExampleFormats.of(format), shell.show(file));
  }

  /**
   * Returns the next example, or null after the last one.
   *
   * @throws CommandFailure if the line is not an example of the format
   */
  public @Nullable ExampleLine next() throws IOException, CommandFailure {
    byte[] bytes = lines.next();
    line++;
    try {
      return bytes == null ? null : format.decode(bytes);
    } catch (ExampleFormatException e) {
      throw new CommandFailure(
          FailureCode.DATASET,
          Messages.of("launcher.dataset.line", name, line, String.valueOf(e.getMessage())),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
