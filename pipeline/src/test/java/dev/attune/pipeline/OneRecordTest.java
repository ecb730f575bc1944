package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/one-record.md true: every block stands, to the letter, in the file named above it. */
class OneRecordTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TEST_RESOURCES = Path.of("src/test/resources");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (\\S+) -->\n```\n(.*?)\n```\n", Pattern.DOTALL);

  @Test
  void everyBlockStandsInTheFileThatIsNamedAboveIt() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/one-record.md"));
    Matcher block = BLOCK.matcher(page);
    int blocks = 0;
    while (block.find()) {
      String file = block.group(1);
      Path path = file.startsWith("golden/") ? TEST_RESOURCES.resolve(file) : ROOT.resolve(file);
      // Sample data holds broken bytes on purpose; none of them in what the page quotes.
      String content = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      assertThat(content).as(file).contains(block.group(2));
      blocks++;
    }
    assertThat(blocks).isEqualTo(8);
    assertThat(page.split("```", -1)).as("every block names its file").hasSize(2 * blocks + 1);
  }

  @Test
  void tellsTheStagesInTheOrderOfTheTableOfContents() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/one-record.md"));
    Path sources = Path.of("src/main/java/dev/attune/pipeline");
    String comparing = Files.readString(sources.resolve("Decided.java"));
    String build =
        Files.readString(sources.resolve("PrepareDataset.java"))
            .replace("Decided.about(examples, plan)", comparing);
    int inPage = 0;
    int inBuild = 0;
    for (String[] stage :
        new String[][] {
          {"Read", "\"Read\""},
          {"Redact", "\"Redact\""},
          {"Check", "\"Check\""},
          {"Score", "\"Score\""},
          {"Encode", "\"Encode\""},
          {"Join what asks the same", "\"JoinPrompts\""},
          {"Drop duplicates", "\"DropDuplicates\""},
          {"Assign the split", "\"AssignSplit\""},
          {"Write", "\"Write\""}
        }) {
      inPage = page.indexOf(". " + stage[0] + "\n", inPage);
      inBuild = build.indexOf(stage[1], inBuild);
      assertThat(inPage).as("heading " + stage[0]).isPositive();
      assertThat(inBuild).as("step " + stage[1]).isPositive();
    }
  }
}
