package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.FoldedText;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.phone.PhoneFinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Replaces personal data in a text by placeholders. If places overlap, only the longest is
 * replaced; of equally long ones, the first. The result is searched again until nothing is found,
 * so redacting twice changes nothing. Thread-safe.
 */
public final class TextRedactor {
  private final List<Finder> finders;

  /** Creates a redactor for some kinds; their order does not matter. */
  public TextRedactor(Collection<PersonalKind> kinds) {
    this.finders =
        Arrays.stream(PersonalKind.values())
            .filter(kinds::contains)
            .map(TextRedactor::finder)
            .toList();
  }

  private static Finder finder(PersonalKind kind) {
    return switch (kind) {
      case EMAIL -> new EmailFinder();
      case PHONE -> new PhoneFinder();
      case CARD -> new CardFinder();
      case IBAN -> new IbanFinder();
      case IP -> new IpFinder();
    };
  }

  /** Returns the text without personal data: the same object if there is none. */
  public String redact(String text, Consumer<PersonalKind> replaced) {
    String clean = text;
    Collection<Span> spans = spans(clean);
    // Each round takes digits or an @ away and adds none, so there is a last one.
    while (!spans.isEmpty()) {
      clean = replace(clean, spans);
      spans.forEach(span -> replaced.accept(span.kind()));
      spans = spans(clean);
    }
    return clean;
  }

  /** Returns whether a text contains personal data. */
  public boolean isPersonal(String text) {
    return !spans(text).isEmpty();
  }

  /** Returns the places to replace, from left to right. */
  Collection<Span> spans(String text) {
    if (finders.isEmpty()) {
      return List.of();
    }
    CharacterCounts counts = CharacterCounts.of(text);
    if (counts.hasNeitherDigitNorAt()) {
      return List.of();
    }
    FoldedText folded = null;
    DigitRuns digits = null;
    List<Span> found = new ArrayList<>(0);
    for (Finder finder : finders) {
      if (finder.mayContain(counts)) {
        folded =
            folded != null ? folded : counts.folds() ? FoldedText.of(text) : FoldedText.same(text);
        digits = digits == null ? DigitRuns.of(folded.text()) : digits;
        finder.find(folded.text(), digits, found::add);
      }
    }
    if (folded == null || found.isEmpty()) {
      return List.of();
    }
    found.replaceAll(folded::unfold);
    return apart(found);
  }

  private static Collection<Span> apart(List<Span> found) {
    found.sort(Span.PRECEDENCE);
    TreeMap<Integer, Span> chosen = new TreeMap<>();
    for (Span span : found) {
      Map.Entry<Integer, Span> before = chosen.lowerEntry(span.end());
      if (before == null || before.getValue().end() <= span.start()) {
        chosen.put(span.start(), span);
      }
    }
    return chosen.values();
  }

  private static String replace(String text, Collection<Span> spans) {
    StringBuilder clean = new StringBuilder(text.length());
    int copied = 0;
    for (Span span : spans) {
      clean.append(text, copied, span.start()).append(span.kind().placeholder());
      copied = span.end();
    }
    return clean.append(text, copied, text.length()).toString();
  }
}
