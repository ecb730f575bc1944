package dev.attune.launcher.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command's results go. With {@code --json} they are held until the command has ended, so
 * that stdout gets exactly one document, whatever becomes of the command.
 */
public final class ResultOutput extends OutputStream {
  private final PrintStream out;
  private final ByteArrayOutputStream document = new ByteArrayOutputStream();
  private boolean isHeld;

  public ResultOutput(PrintStream out) {
    this.out = out;
  }

  /** From now on results are held. */
  public synchronized void hold() {
    isHeld = true;
  }

  /** What was held, which is forgotten. */
  synchronized String take() {
    String text = document.toString(StandardCharsets.UTF_8);
    document.reset();
    isHeld = false;
    return text;
  }

  /** Prints what was held. */
  public synchronized void release() {
    if (isHeld) {
      print(take());
    }
  }

  /** Prints a document at once. */
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
