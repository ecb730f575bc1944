package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

/**
 * Ids and groups as they are written. One in which personal data of any kind is found, an e-mail
 * address say, becomes a hash of it that is keyed with the dataset's name; every other one stays.
 * What it becomes depends on nothing else, so that the same value is the same hash wherever it
 * stands. The key {@code redact} is about texts and changes nothing here.
 *
 * <p>Two values share a hash with a probability of about n²/2¹²⁹: 1.5e-25 for ten million.
 */
public final class Identifiers {
  private static final String PREFIX = "hashed-";

  /** Sets these hashes apart from those of contents. */
  private static final byte[] PURPOSE = "identifier".getBytes(StandardCharsets.US_ASCII);

  private static final List<SourceName> SOURCES = List.of(SourceName.values());

  private final TextRedactor redactor = new TextRedactor(EnumSet.allOf(PersonalKind.class));
  private final ContentHash hash;

  /** Of a dataset. */
  public Identifiers(ContentHash hash) {
    this.hash = hash;
  }

  /** An id without its source, or a group, as it is written; the same object if it stays. */
  public String written(String value) {
    return redactor.isPersonal(value)
        ? PREFIX + hash.hex(PURPOSE, value.getBytes(StandardCharsets.UTF_8))
        : value;
  }

  /** A full id, {@code source:id}, as it is written; the same object if it stays. */
  String writtenFull(String fullId) {
    for (SourceName source : SOURCES) {
      String key = source.key();
      if (fullId.length() > key.length()
          && fullId.charAt(key.length()) == ':'
          && fullId.startsWith(key)) {
        String id = fullId.substring(key.length() + 1);
        String written = written(id);
        return written.equals(id) ? fullId : source.fullId(written);
      }
    }
    return written(fullId);
  }

  /**
   * A location as it is written: the row of a table is named by its id.
   *
   * @param fullId as read
   */
  String writtenLocation(String location, String fullId) {
    String written = writtenFull(fullId);
    if (written.equals(fullId)) {
      return location;
    }
    String id = idOf(fullId);
    return location.endsWith(id)
        ? location.substring(0, location.length() - id.length()) + idOf(written)
        : location;
  }

  private static String idOf(String fullId) {
    return fullId.substring(fullId.indexOf(':') + 1);
  }
}
