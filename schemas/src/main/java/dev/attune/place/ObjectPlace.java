package dev.attune.place;

import dev.attune.message.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name in a bucket of Cloud Storage. Names with empty parts ({@code a//b}) or a slash at the end
 * are not reached.
 *
 * @param bucket its name
 * @param object the whole name of an object, or what the names of a folder's objects begin with,
 *     without a slash at the end; empty for the bucket itself
 */
public record ObjectPlace(String bucket, String object) implements Place {
  static final String SCHEME = "gs://";

  /** What Cloud Storage allows, without the rules for names that are domains. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  static ObjectPlace of(String uri) throws PlaceException {
    String rest = uri.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (!BUCKET.matcher(bucket).matches()) {
      throw new PlaceException(Messages.of("schemas.place.bucket", PlaceException.shown(uri)));
    }
    return new ObjectPlace(bucket, "").below(slash < 0 ? "" : rest.substring(slash + 1));
  }

  /** Returns the place of a name in this folder, which may begin with {@code ../}. */
  ObjectPlace below(String relative) throws PlaceException {
    Deque<String> parts =
        new ArrayDeque<>(object.isEmpty() ? List.of() : List.of(object.split("/", -1)));
    for (String part : relative.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          throw new PlaceException(
              Messages.of("schemas.place.above", PlaceException.shown(relative), this));
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return new ObjectPlace(bucket, String.join("/", parts));
  }

  /**
   * Returns the way to this place from a folder of the same bucket, which may begin with {@code
   * ../}.
   */
  public String relativeTo(ObjectPlace base) {
    List<String> from = base.object.isEmpty() ? List.of() : List.of(base.object.split("/"));
    List<String> to = List.of(object.split("/", -1));
    int common = 0;
    while (common < Math.min(from.size(), to.size() - 1)
        && from.get(common).equals(to.get(common))) {
      common++;
    }
    return "../".repeat(from.size() - common) + String.join("/", to.subList(common, to.size()));
  }

  /** Returns whether the place can be written and read again: its name has no empty parts. */
  public boolean isReachable() {
    try {
      return new ObjectPlace(bucket, "").below(object).equals(this);
    } catch (PlaceException e) {
      return false;
    }
  }

  @Override
  public ObjectPlace resolve(String child) {
    try {
      return below(child);
    } catch (PlaceException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public @Nullable ObjectPlace folder() {
    return object.isEmpty()
        ? null
        : new ObjectPlace(bucket, object.substring(0, Math.max(0, object.lastIndexOf('/'))));
  }

  @Override
  public String name() {
    return object.substring(object.lastIndexOf('/') + 1);
  }

  @Override
  public boolean isFile() throws IOException {
    return CloudStorage.version(this) != null;
  }

  @Override
  public boolean isFolder() throws PlaceException {
    return CloudStorage.hasAny(this);
  }

  @Override
  public long size() throws IOException {
    ObjectVersion version = CloudStorage.version(this);
    if (version == null) {
      throw new NoSuchFileException(toString());
    }
    return version.bytes();
  }

  @Override
  public InputStream open() throws IOException {
    ObjectVersion version = CloudStorage.version(this);
    if (version == null) {
      throw new NoSuchFileException(toString());
    }
    return CloudStorage.open(this, version.generation());
  }

  @Override
  public void replace(byte[] content) throws IOException {
    ObjectVersion before = CloudStorage.version(this);
    CloudStorage.write(
        this, content, Map.of(), before == null ? ObjectVersion.NONE : before.generation());
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (object.isEmpty() ? "" : "/" + object);
  }
}
