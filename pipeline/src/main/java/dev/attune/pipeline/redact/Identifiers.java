package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

/**
 * Replaces personal ids and groups. An id that contains personal data of any kind, for example an
 * e-mail address, becomes a hash that is keyed with the dataset's name; other ids stay. The hash
 * depends on nothing else, so equal ids have equal hashes. The configuration's {@code redact}
 * applies to texts only.
 *
 * <p>Two values share a hash with a probability of about n²/2¹²⁹: 1.5e-25 for ten million.
 */
public final class Identifiers {
  private static final String PREFIX = "hashed-";

  /** Makes these hashes differ from those of contents. */
  private static final byte[] PURPOSE = "identifier".getBytes(StandardCharsets.US_ASCII);

  private static final List<SourceName> SOURCES = List.of(SourceName.values());

  private final TextRedactor redactor = new TextRedactor(EnumSet.allOf(PersonalKind.class));
  private final ContentHash hash;

  /** Creates the identifiers of a dataset. */
  public Identifiers(ContentHash hash) {
    this.hash = hash;
  }

  /**
   * Returns an id without its source, or a group, as it is written: the same object if it is not
   * personal.
   */
  public String written(String value) {
    return redactor.isPersonal(value)
        ? PREFIX + hash.hex(PURPOSE, value.getBytes(StandardCharsets.UTF_8))
        : value;
  }

  /**
   * Returns a full id, {@code source:id}, as it is written: the same object if it is not personal.
   */
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

  /** Returns a location as it is written. The location of a table row contains its id. */
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
