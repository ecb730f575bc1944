package dev.attune.pipeline.source.file.find;

import dev.attune.message.Messages;
import dev.attune.place.CloudStorage;
import dev.attune.place.LocalPlace;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kind of file at a path. Only regular files are read: others may block or never end. */
public enum FileKind {
  /** A file that can be read, or a link to one. */
  REGULAR(Messages.of("pipeline.input.kind-regular")),
  NOTHING(Messages.of("pipeline.input.kind-nothing")),
  FOLDER(Messages.of("pipeline.input.kind-folder")),
  DANGLING_LINK(Messages.of("pipeline.input.kind-link")),
  PIPE(Messages.of("pipeline.input.kind-pipe")),
  DEVICE(Messages.of("pipeline.input.kind-device")),
  SOCKET(Messages.of("pipeline.input.kind-socket")),
  OTHER(Messages.of("pipeline.input.kind-other"));

  private static final int TYPE_BITS = 0xf000;
  private static final int PIPE_BITS = 0x1000;
  private static final int CHARACTER_DEVICE_BITS = 0x2000;
  private static final int BLOCK_DEVICE_BITS = 0x6000;
  private static final int SOCKET_BITS = 0xc000;

  private final String sentence;

  FileKind(String sentence) {
    this.sentence = sentence;
  }

  /** Returns the kind of file at a place. Follows links. */
  public static FileKind of(Place place) throws PlaceException {
    if (place instanceof LocalPlace local) {
      return of(local.path());
    }
    ObjectPlace object = (ObjectPlace) place;
    if (!object.object().isEmpty() && CloudStorage.version(object) != null) {
      return REGULAR;
    }
    return object.isFolder() ? FOLDER : NOTHING;
  }

  /** Returns the kind of file at a path. Follows links. */
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

  /** Returns the words after the file's name in a sentence, without a full stop. */
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

  /** Returns the Unix mode, or 0 if the system has none. */
  private static int mode(Path path) {
    try {
      @Nullable Object mode = Files.getAttribute(path, "unix:mode");
      return mode instanceof Integer bits ? bits : 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return 0;
    }
  }
}
