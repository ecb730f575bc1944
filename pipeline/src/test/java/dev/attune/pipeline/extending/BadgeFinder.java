package dev.attune.pipeline.extending;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.Span;
import java.util.function.Consumer;

/** Finds numbers of staff badges: {@code B-} and six digits. */
final class BadgeFinder implements Finder {
  private static final String PREFIX = "B-";
  private static final int DIGITS = 6;

  @Override
  public boolean mayContain(CharacterCounts counts) {
    return counts.digits() >= DIGITS;
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    for (int run = 0; run < digits.count(); run++) {
      int start = digits.start(run) - PREFIX.length();
      boolean whole = digits.end(run) - digits.start(run) == DIGITS;
      if (whole && text.startsWith(PREFIX, start)) {
        found.accept(new Span(start, digits.end(run), PersonalKind.CARD));
      }
    }
  }
}
