package dev.attune.launcher.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The output of results. With {@code --json} it is held until the command has ended, so that stdout
 * gets exactly one document, also after a failure.
 */
public final class ResultOutput extends OutputStream {
  private final PrintStream out;
  private final ByteArrayOutputStream document = new ByteArrayOutputStream();
  private boolean isHeld;

  public ResultOutput(PrintStream out) {
    this.out = out;
  }

  /** Holds all later output. */
  public synchronized void hold() {
    isHeld = true;
  }

  /** Returns the held output and discards it. */
  synchronized String take() {
    String text = document.toString(StandardCharsets.UTF_8);
    document.reset();
    isHeld = false;
    return text;
  }

  /** Prints the held output. */
  public synchronized void release() {
    if (isHeld) {
      print(take());
    }
  }

  /** Prints a document without holding it. */
  synchronized void print(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public synchronized void write(int b) {
    if (isHeld) {
      document.write(b);
    } else {
      out.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (isHeld) {
      document.write(bytes, offset, length);
    } else {
      out.write(bytes, offset, length);
    }
  }

  @Override
  public synchronized void flush() {
    out.flush();
  }
}
