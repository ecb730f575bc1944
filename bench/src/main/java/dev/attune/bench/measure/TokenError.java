package dev.attune.bench.measure;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.attune.catalog.TokenEstimate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The error of the token estimate on some texts.
 *
 * @param sample the name of the texts
 * @param bytes their size in UTF-8
 * @param counted their tokens, counted with o200k_base
 * @param estimated their tokens, estimated with {@link TokenEstimate}
 */
record TokenError(String sample, long bytes, long counted, long estimated) {
  private static final Encoding YARDSTICK =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private static final double PERCENT = 100.0;

  /**
   * Measures texts.
   *
   * @param examples the texts of each example
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

  /** Returns a row of a Markdown table. */
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
