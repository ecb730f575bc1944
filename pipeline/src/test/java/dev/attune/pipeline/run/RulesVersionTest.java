package dev.attune.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.schema.RulesVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the versions of the libraries that decide bytes beside the rules version. */
class RulesVersionTest {
  /** Attune's own code has its number; Beam moves records and decides about none. */
  private static final Set<String> DECIDE_NO_BYTE = Set.of("attune", "beam");

  private record Line(int rules, String library, String version, String reason) {}

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    try (InputStream in = RulesVersionTest.class.getResourceAsStream("rules-version.txt")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
        String[] words = line.split(" ", 4);
        lines.add(
            new Line(
                Integer.parseInt(words[0]), words[1], words[2], words.length < 4 ? "" : words[3]));
      }
    }
    return lines;
  }

  @Test
  void risesWithEveryLibraryThatCanAlterTheBytes() throws IOException {
    List<Line> now = lines().stream().filter(line -> line.rules() == RulesVersion.CURRENT).toList();
    Map<String, String> build = Versions.all();
    build.keySet().removeAll(DECIDE_NO_BYTE);

    assertThat(now.stream().map(Line::library).distinct())
        .as("rules-version.txt names every library of versions.properties")
        .containsExactlyInAnyOrderElementsOf(build.keySet());
    build.forEach(
        (library, version) ->
            assertThat(now)
                .as(
                    "%s is %s now. If a byte of train.jsonl or valid.jsonl can change by that,"
                        + " raise RulesVersion.CURRENT; if not, say in rules-version.txt why not",
                    library, version)
                .anyMatch(
                    line -> line.library().equals(library) && line.version().equals(version)));
  }

  @Test
  void saysWhyALibraryRoseWithoutIt() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Line line : lines()) {
      boolean first = seen.add(line.rules() + " " + line.library());
      assertThat(first || !line.reason().isBlank())
          .as("%s %s under rules version %d", line.library(), line.version(), line.rules())
          .isTrue();
    }
  }

  @Test
  void isTheNewestOfTheList() throws IOException {
    assertThat(lines().stream().mapToInt(Line::rules).max()).hasValue(RulesVersion.CURRENT);
  }
}
