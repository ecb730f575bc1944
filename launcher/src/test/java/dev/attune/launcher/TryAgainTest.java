package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads "try again" must be the one who does it. */
class TryAgainTest {
  private static final Pattern ADVICE = Pattern.compile("\"[^\"]*\\b(try|ask) (it )?again\\b");

  /**
   * The places that advise it, none of which the program repeats by itself: the end of a back end's
   * sentence where nobody asks again, and two refusals of a database that is asked once.
   */
  @Test
  void isAdvisedOnlyWhereTheProgramDoesNotDoItItself() throws IOException {
    List<String> places = new ArrayList<>();
    for (String room : List.of("launcher", "pipeline", "schemas", "taxonomy")) {
      places.addAll(places(Path.of("..", room, "src", "main", "java")));
    }

    assertThat(places)
        .containsExactlyInAnyOrder(
            // This one takes the advice out of what a service says.
            "ServiceMessage.java",
            "BackEndException.java",
            "DatabaseAccess.java",
            "DatabaseAccess.java");
  }

  private static List<String> places(Path sources) throws IOException {
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (ADVICE.matcher(line.toLowerCase(Locale.ROOT)).find()) {
            places.add(String.valueOf(file.getFileName()));
          }
        }
      }
    }
    return places;
  }
}
