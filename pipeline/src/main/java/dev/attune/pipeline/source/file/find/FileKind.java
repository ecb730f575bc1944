package dev.attune.pipeline.source.file.find;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a path. Only regular files are read: anything else may never end, or never begin.
 */
public enum FileKind {
  /** A file that can be read, or a link to one. */
  REGULAR("is a regular file"),
  NOTHING("is not there"),
  FOLDER("is a folder"),
  DANGLING_LINK("is a link to nothing: mend the link, or take it out"),
  PIPE("is a pipe, which can be read once only: write what it gives into a file"),
  DEVICE("is a device: only regular files are read"),
  SOCKET("is a socket: only regular files are read"),
  OTHER("is no regular file: only those are read");

  private static final int TYPE_BITS = 0xf000;
  private static final int PIPE_BITS = 0x1000;
  private static final int CHARACTER_DEVICE_BITS = 0x2000;
  private static final int BLOCK_DEVICE_BITS = 0x6000;
  private static final int SOCKET_BITS = 0xc000;

  private final String sentence;

  FileKind(String sentence) {
    this.sentence = sentence;
  }

  /** Of a path; links are followed. */
  public static FileKind of(Path path) {
    if (Files.isRegularFile(path)) {
      return REGULAR;
    }
    if (Files.isDirectory(path)) {
      return FOLDER;
    }
    if (Files.exists(path)) {
      return special(path);
    }
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(path)
        ? DANGLING_LINK
        : NOTHING;
  }

  /** What follows the name of the file in a sentence, without a full stop. */
  public String sentence() {
    return sentence;
  }

  private static FileKind special(Path path) {
    return switch (mode(path) & TYPE_BITS) {
      case PIPE_BITS -> PIPE;
      case CHARACTER_DEVICE_BITS, BLOCK_DEVICE_BITS -> DEVICE;
      case SOCKET_BITS -> SOCKET;
      default -> OTHER;
    };
  }

  /** As Unix has it; 0 where the system has no such thing. */
  private static int mode(Path path) {
    try {
      @Nullable Object mode = Files.getAttribute(path, "unix:mode");
      return mode instanceof Integer bits ? bits : 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return 0;
    }
  }
}
