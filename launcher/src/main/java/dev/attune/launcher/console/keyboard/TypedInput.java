package dev.attune.launcher.console.keyboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The standard input of a command: a terminal, a pipe or a file; UTF-8. */
public final class TypedInput {
  private final InputStream in;
  private final boolean terminal;
  private final BufferedReader lines;

  /**
   * Creates an input.
   *
   * @param terminal whether a person types it
   */
  public TypedInput(InputStream in, boolean terminal) {
    this.in = in;
    this.terminal = terminal;
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Returns the standard input of this process. */
  public static TypedInput ofProcess() {
    return new TypedInput(System.in, Boolean.getBoolean("attune.keyboard"));
  }

  /** Returns whether a person types it. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Returns the next line without its end, or null at the end of the input. */
  public @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /**
   * Returns the bytes of the whole input, but not more than so many. Not to be mixed with {@link
   * #line}.
   */
  public byte[] bytes(int most) throws IOException {
    return in.readNBytes(most);
  }
}
