package dev.attune.pipeline.source.file;

import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.example.SourceName;
import java.io.Serializable;

/**
 * The rules for all files of a source.
 *
 * @param source of the records
 * @param dataset the dataset's name, the key of content hashes
 * @param separator of CSV fields; ASCII, neither a quote nor a line end
 * @param limits on sizes and damage
 */
public record ReadRules(SourceName source, String dataset, char separator, Limits limits)
    implements Serializable {
  /** Creates the rules for a source without CSV files. */
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
