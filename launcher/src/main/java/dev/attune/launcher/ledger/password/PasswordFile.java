package dev.attune.launcher.ledger.password;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file with the password of an H2 ledger, {@code NAME.password} beside {@code NAME.mv.db}. It
 * is on disk before the ledger gets the password, so that a process that is killed in between
 * leaves a ledger that can be opened. Processes that create it at the same time get the same
 * password.
 *
 * @param path absolute
 */
public record PasswordFile(Path path) {
  private static final int RANDOM_BYTES = 32;
  private static final Pattern WHOLE = Pattern.compile("([0-9a-f]{64})\n");

  /**
   * Separates the threads of this process. On POSIX systems a process loses its lock when it closes
   * any channel of the file, so reading waits too.
   */
  private static final Object LOCK = new Object();

  /** Returns the password, or null if the file does not exist or is incomplete. */
  public @Nullable String read() throws IOException {
    synchronized (LOCK) {
      OwnPath.requireRegular(path);
      return Files.exists(path) ? password(Files.readAllBytes(path)) : null;
    }
  }

  /** Returns the password; creates a random one if the file has none. */
  public String readOrCreate() throws IOException {
    synchronized (LOCK) {
      try (FileChannel file = FileMode.PRIVATE.open(path, StandardOpenOption.READ)) {
        file.lock();
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.min(file.size(), 1024)));
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
        String there = password(bytes.array());
        if (there != null) {
          return there;
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String fresh = HexFormat.of().formatHex(random);
        write(file, fresh + "\n");
        return fresh;
      }
    }
  }

  private void write(FileChannel file, String text) throws IOException {
    file.truncate(0);
    ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (left.hasRemaining()) {
      file.write(left, left.position());
    }
    file.force(true);
    Path folder = path.getParent();
    if (folder != null) {
      forceName(folder);
    }
  }

  private static void forceName(Path folder) {
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (IOException e) {
      // Some systems open no folder.
      return;
    }
  }

  private static @Nullable String password(byte[] content) {
    var matcher = WHOLE.matcher(new String(content, StandardCharsets.ISO_8859_1));
    return matcher.matches() ? matcher.group(1) : null;
  }
}
