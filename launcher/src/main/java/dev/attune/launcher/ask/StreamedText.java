package dev.attune.launcher.ask;

import dev.attune.message.Messages;
import dev.attune.models.ReplyListener;
import dev.attune.schema.Printable;
import java.io.PrintStream;

/**
 * Prints an answer while it arrives. If the request is sent again in the middle of an answer, what
 * the new answer has in common with the printed text is not printed twice; from the first
 * difference on, it is printed from its beginning, on a new line.
 */
public final class StreamedText implements ReplyListener {
  private final PrintStream out;
  private final PrintStream notes;
  private final StringBuilder printed = new StringBuilder();

  /** Characters of the repeated answer so far; -1 while nothing is repeated. */
  private int repeated = -1;

  private boolean muted;

  public StreamedText(PrintStream out, PrintStream notes) {
    this.out = out;
    this.notes = notes;
  }

  @Override
  public synchronized void text(String more) {
    if (muted) {
      return;
    }
    if (repeated < 0) {
      print(more);
      return;
    }
    int known = repeated;
    repeated += more.length();
    String expected = printed.substring(known, Math.min(repeated, printed.length()));
    if (!more.startsWith(expected)) {
      String beginning = printed.substring(0, known);
      out.println();
      notes.println(Messages.of("launcher.ask.starts-over"));
      printed.setLength(0);
      repeated = -1;
      print(beginning + more);
    } else if (repeated >= printed.length()) {
      repeated = -1;
      print(more.substring(expected.length()));
    }
  }

  @Override
  public synchronized void startOver() {
    repeated = printed.isEmpty() ? -1 : 0;
  }

  /** Prints nothing from now on. */
  public synchronized void mute() {
    muted = true;
  }

  /** Ends the line, if anything was printed on it. */
  public synchronized void endLine() {
    if (!printed.isEmpty() && printed.charAt(printed.length() - 1) != '\n') {
      out.println();
    }
    out.flush();
  }

  /** Returns whether anything was printed. */
  public synchronized boolean hasPrinted() {
    return !printed.isEmpty();
  }

  private void print(String text) {
    out.print(Printable.lines(text));
    out.flush();
    printed.append(text);
  }
}
