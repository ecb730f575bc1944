package dev.attune.pipeline.source.file.storage;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The type of a file's records, according to its name. */
public enum FileType {
  /** One JSON value a line. */
  JSONL(".jsonl"),
  /** One JSON array whose elements are the records. */
  JSON_ARRAY(".json"),
  /** A header and records of fields. */
  CSV(".csv");

  private static final String GZ = ".gz";

  private final String ending;

  FileType(String ending) {
    this.ending = ending;
  }

  /** Returns how names of such files end, before {@code .gz}. */
  public String ending() {
    return ending;
  }

  /** Returns the type of a file of this name, or null if it is none of these. */
  public static @Nullable FileType ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = isGz(name) ? lower.substring(0, lower.length() - GZ.length()) : lower;
    for (FileType type : values()) {
      if (plain.endsWith(type.ending)) {
        return type;
      }
    }
    return null;
  }

  public static boolean isGz(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GZ);
  }
}
