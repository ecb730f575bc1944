package dev.attune.launcher.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * stdout or stderr of this process. After it is muted it only accepts the last lines, so that
 * threads that still run cannot print below them.
 */
public final class ProcessStream extends OutputStream {
  private static final String CLOSED_PIPE = "Broken pipe";

  private final OutputStream stream;
  private volatile boolean isMuted;
  private volatile boolean isMidLine;
  private volatile @Nullable String fault;

  ProcessStream(OutputStream stream) {
    this.stream = stream;
  }

  /** Returns a stream of this process. */
  public static ProcessStream of(FileDescriptor descriptor) {
    return new ProcessStream(new FileOutputStream(descriptor));
  }

  /** Drops all later writes. */
  void mute() {
    isMuted = true;
  }

  /** Writes lines even if muted. */
  void writeLast(String lines) {
    byte[] bytes = ((isMidLine ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8);
    send(bytes, 0, bytes.length);
  }

  /**
   * Returns the error of a failed write, or null. A reader that closes the pipe early, such as
   * {@code head}, is not an error.
   */
  public @Nullable String fault() {
    String known = fault;
    return known == null || known.contains(CLOSED_PIPE) ? null : known;
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
      isMidLine = bytes[offset + length - 1] != '\n';
    } catch (IOException e) {
      fault = String.valueOf(e.getMessage());
    }
  }
}
