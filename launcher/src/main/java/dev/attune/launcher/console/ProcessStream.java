package dev.attune.launcher.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * stdout or stderr of this process. Once muted it takes the last words alone, so that nothing that
 * still runs in the process can print below them.
 */
public final class ProcessStream extends OutputStream {
  private static final String NOBODY_READS = "Broken pipe";

  private final OutputStream stream;
  private volatile boolean isMuted;
  private volatile boolean isInLine;
  private volatile @Nullable String fault;

  ProcessStream(OutputStream stream) {
    this.stream = stream;
  }

  /** A stream of this process. */
  public static ProcessStream of(FileDescriptor descriptor) {
    return new ProcessStream(new FileOutputStream(descriptor));
  }

  /** From now on what is written is dropped. */
  void mute() {
    isMuted = true;
  }

  /** Writes lines below all others, also when muted. */
  void lastWords(String lines) {
    byte[] bytes = ((isInLine ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8);
    send(bytes, 0, bytes.length);
  }

  /**
   * Why what was written did not arrive, or null. A reader that went away is no fault: it has seen
   * what it wanted, as {@code head} does.
   */
  public @Nullable String fault() {
    String known = fault;
    return known == null || known.contains(NOBODY_READS) ? null : known;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (!isMuted && length > 0) {
      send(bytes, offset, length);
    }
  }

  private void send(byte[] bytes, int offset, int length) {
    try {
      stream.write(bytes, offset, length);
      isInLine = bytes[offset + length - 1] != '\n';
    } catch (IOException e) {
      fault = String.valueOf(e.getMessage());
    }
  }
}
