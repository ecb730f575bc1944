package dev.attune.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Holds the redaction against what people marked, and docs/redaction.md against the outcome. */
class LabelledTextsTest {
  private static final TextRedactor REDACTOR = new TextRedactor(EnumSet.allOf(PersonalKind.class));

  private final List<LabelledText> cases;

  LabelledTextsTest() throws IOException {
    cases = LabelledText.all();
  }

  @Test
  void hasAtLeastThreeHundredCasesOfBothSorts() {
    assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
    assertThat(cases.stream().filter(c -> c.spans().isEmpty())).hasSizeGreaterThanOrEqualTo(150);
    assertThat(cases.stream().map(LabelledText::text)).doesNotHaveDuplicates();
  }

  /** The exact figures, so that a change for the better is written down as well. */
  @Test
  void findsWhatTheDocumentationSays() throws IOException {
    String table = table();
    System.out.println(table);
    assertThat(Files.readString(Path.of("../docs/redaction.md"))).contains(table);
  }

  @Test
  void keepsToItsFloors() {
    for (PersonalKind kind : PersonalKind.values()) {
      Hits hits = hits(kind);
      assertThat(hits.precision()).as("precision of %s", kind).isGreaterThanOrEqualTo(0.95);
      assertThat(hits.recall()).as("recall of %s", kind).isGreaterThanOrEqualTo(0.95);
    }
  }

  /** What it gets wrong stands in the documentation, one by one. */
  @Test
  void isWrongOnlyWhereTheDocumentationSaysSo() throws IOException {
    String documented = Files.readString(Path.of("../docs/redaction.md"));
    List<String> undocumented = new ArrayList<>();
    for (LabelledText labelled : cases) {
      String actual = REDACTOR.redact(labelled.text(), kind -> {});
      if (!actual.equals(labelled.expected())
          && !documented.contains("`" + labelled.text() + "`")) {
        undocumented.add(labelled.text() + " -> " + actual);
      }
    }
    assertThat(undocumented).isEmpty();
  }

  private Hits hits(PersonalKind kind) {
    int right = 0;
    int wrong = 0;
    int missed = 0;
    for (LabelledText labelled : cases) {
      List<Span> found =
          REDACTOR.spans(labelled.text()).stream().filter(span -> span.kind() == kind).toList();
      List<Span> meant = labelled.spans().stream().filter(span -> span.kind() == kind).toList();
      int both = (int) found.stream().filter(meant::contains).count();
      right += both;
      wrong += found.size() - both;
      missed += meant.size() - both;
    }
    return new Hits(right, wrong, missed);
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append("| kind | found | found wrongly | missed | precision | recall |\n");
    table.append("|---|---|---|---|---|---|\n");
    for (PersonalKind kind : PersonalKind.values()) {
      Hits hits = hits(kind);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %d | %.3f | %.3f |%n",
              kind.key(),
              hits.right,
              hits.wrong,
              hits.missed,
              hits.precision(),
              hits.recall()));
    }
    return table.toString();
  }

  private record Hits(int right, int wrong, int missed) {
    double precision() {
      return (double) right / (right + wrong);
    }

    double recall() {
      return (double) right / (right + missed);
    }
  }
}
