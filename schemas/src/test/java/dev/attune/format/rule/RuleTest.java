package dev.attune.format.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {
  private static final Path PAGE = Path.of("..", "docs", "check-rules.md");

  @ParameterizedTest
  @EnumSource
  void hasARow(Rule rule) {
    assertThat(rule.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(rule.level()).isNotNull();
    assertThat(rule.formats()).isIn("both", "gemini", "openai");
    assertThat(rule.what()).isNotBlank();
    assertThat(rule.fix()).isNotBlank();
    assertThat(rule.source()).isNotBlank();
  }

  /** -Dattune.write=true writes the page instead. */
  @Test
  void everyRuleStandsInThePage() throws IOException {
    StringBuilder table = new StringBuilder();
    for (Rule rule : Rule.values()) {
      table
          .append("| `")
          .append(rule.id())
          .append("` | ")
          .append(rule.level() == Level.ERROR ? "error" : "warning")
          .append(" | ")
          .append(rule.formats())
          .append(" | ")
          .append(cell(rule.what()))
          .append(" | ")
          .append(cell(rule.fix()))
          .append(" | ")
          .append(cell(rule.source()))
          .append(" |\n");
    }
    String page = Files.readString(PAGE);
    int start =
        page.indexOf("|---|---|---|---|---|---|\n") + "|---|---|---|---|---|---|\n".length();
    String written = page.substring(0, start) + table;
    if (Boolean.getBoolean("attune.write")) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
