package dev.attune.pipeline.source.file;

import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.example.SourceName;
import java.io.Serializable;

/**
 * What holds for every file of a source.
 *
 * @param source whose records these are
 * @param dataset its name, the key of content hashes
 * @param separator of CSV fields; ASCII, no quote and no line end
 * @param limits where reading and refusing stop
 */
public record ReadRules(SourceName source, String dataset, char separator, Limits limits)
    implements Serializable {
  /** Of a source without CSV files. */
  public static ReadRules of(SourceName source, String dataset, Limits limits) {
    return new ReadRules(source, dataset, ',', limits);
  }

  public ReadRules {
    if (separator > 0x7e || separator == '"' || separator == '\n' || separator == '\r') {
      throw new IllegalArgumentException(
          "separator " + (int) separator + " cannot separate fields");
    }
  }
}
