package dev.attune.bench;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.attune.catalog.TokenEstimate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How far the estimate of tokens is off on some texts.
 *
 * @param sample what the texts are
 * @param bytes as UTF-8
 * @param counted tokens by o200k_base
 * @param estimated tokens by {@link TokenEstimate}
 */
record TokenError(String sample, long bytes, long counted, long estimated) {
  private static final Encoding YARDSTICK =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private static final double PERCENT = 100.0;

  /**
   * Measures it.
   *
   * @param examples the texts of each
   */
  static TokenError of(String sample, Stream<List<String>> examples) {
    long bytes = 0;
    long counted = 0;
    long estimated = 0;
    for (List<String> texts : examples.toList()) {
      long units = 0;
      for (String text : texts) {
        bytes += TokenEstimate.utf8Bytes(text);
        units += TokenEstimate.units(text);
        counted += YARDSTICK.countTokensOrdinary(text);
      }
      estimated += TokenEstimate.tokens(units);
    }
    return new TokenError(sample, bytes, counted, estimated);
  }

  /** A line of a Markdown table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %+.0f%% |",
        sample,
        bytes,
        counted,
        estimated,
        PERCENT * (estimated - counted) / counted);
  }
}
