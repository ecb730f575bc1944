package dev.attune.pipeline.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.ConfigLoader;
import dev.attune.config.DatasetConfig;
import dev.attune.config.Task;
import dev.attune.format.ExampleFormatException;
import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.stage.EncodedExamples;
import dev.attune.pipeline.stage.SourceOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of docs/extending, and compares the pages with them. */
@ExtendWith(TestPipelineExtension.class)
class ExtendingTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (\\S+) -->\n```java\n(.*?)\n```\n", Pattern.DOTALL);

  private static final ContentHash HASH = ContentHash.of("tickets");

  @TempDir Path folder;

  private SourceOutput read(TestPipeline pipeline, String tickets) throws IOException {
    Path file = Files.writeString(folder.resolve("tickets.tsv"), tickets);
    return pipeline.apply("Read", new ReadTickets(file.toString(), HASH));
  }

  @Test
  void readsTicketsAndEncodesThem(TestPipeline pipeline) throws IOException {
    SourceOutput read = read(pipeline, "1\tanna\tWhere is it?\tHere.\n");
    EncodedExamples encoded =
        read.examples()
            .apply(
                "Encode", EncodeExamples.of(Task.CONVERSATION, new PromptCompletionFormat(), true));
    PAssert.that(read.tallies()).containsInAnyOrder(Tally.none("feedback").plus("feedback:1"));
    PAssert.that(read.rejected()).empty();
    PAssert.that(read.refusals()).empty();
    PAssert.that(
            encoded
                .bodies()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(body -> new String(body.line().bytes(), StandardCharsets.UTF_8))))
        .containsInAnyOrder("{\"prompt\":\"Where is it?\",\"completion\":\"Here.\"}");
    pipeline.run();
  }

  @Test
  void rejectsAndCountsWhatIsNoTicket(TestPipeline pipeline) throws IOException {
    String shortLine = "2\tbert\tWhere?";
    String ofShortLine = HASH.hex(shortLine.getBytes(StandardCharsets.UTF_8));
    SourceOutput read = read(pipeline, shortLine + "\n3\tcarl\tWhere?\t\n");
    PAssert.that(read.examples()).empty();
    PAssert.that(
            read.rejected()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(rejected -> rejected.id() + " " + rejected.reason())))
        .containsInAnyOrder(
            "feedback:" + ofShortLine + " MALFORMED_RECORD", "feedback:3 MISSING_FIELD");
    PAssert.that(
            read.tallies()
                .apply("TakeCounts", MapElements.into(TypeDescriptors.longs()).via(Tally::count))
                .apply("SumCounts", Sum.longsGlobally()))
        .containsInAnyOrder(2L);
    pipeline.run();
  }

  @Test
  void countsNothingOfNoTickets(TestPipeline pipeline) throws IOException {
    PAssert.that(read(pipeline, "").tallies()).empty();
    pipeline.run();
  }

  @Test
  void runsAllStagesOnTickets(TestPipeline pipeline) throws Exception {
    DatasetConfig config =
        ConfigLoader.parse(
                """
                dataset: tickets
                task: conversation
                sources: {generated: {files: [unused.jsonl]}}
                duplicates: {similarity: 0.7}
                split: {validation: 0.25}
                output: {format: openai}
                """,
                "attune.yaml")
            .dataset();
    String tickets = Files.readString(ROOT.resolve("examples/own-pipeline/tickets.tsv"));
    PrepareTickets.build(read(pipeline, tickets), config, folder.toString());
    pipeline.run();
    assertThat(lines("refused")).isEmpty();
    assertThat(lines("rejected"))
        .extracting(line -> line.substring(line.indexOf(' ') + 1))
        .containsExactlyInAnyOrder("EXACT_DUPLICATE", "NEAR_DUPLICATE", "MALFORMED_RECORD");
    assertThat(lines("train").size() + lines("valid").size()).isEqualTo(40);
    assertThat(lines("valid")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(lines("train")).allMatch(line -> line.startsWith("{\"messages\":["));
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".txt"));
  }

  @Test
  void formatDecodesWhatItEncodes() {
    PromptCompletionFormat format = new PromptCompletionFormat();
    byte[] line = "{\"prompt\":\"a\",\"completion\":\"b\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(format.encode(format.decode(line))).isEqualTo(line);
    assertThatThrownBy(() -> format.decode("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ExampleFormatException.class);
  }

  @Test
  void findsBadges() {
    String text = "Badge B-123456 of 2024, not B-12.";
    List<Span> found = new ArrayList<>();
    BadgeFinder finder = new BadgeFinder();
    assertThat(finder.mayContain(CharacterCounts.of(text))).isTrue();
    finder.find(text, DigitRuns.of(text), found::add);
    assertThat(found).containsExactly(new Span(6, 14, PersonalKind.CARD));
  }

  /** Every block of the pages is in the file that is named above it. */
  @Test
  void pagesQuoteCompiledCode() throws IOException {
    int blocks = 0;
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs/extending"))) {
      for (Path page : pages.toList()) {
        String text = Files.readString(page);
        Matcher block = BLOCK.matcher(text);
        int inPage = 0;
        while (block.find()) {
          String file = block.group(1);
          assertThat(Files.readString(ROOT.resolve(file)).stripIndent())
              .as(file)
              .contains(block.group(2));
          inPage++;
        }
        assertThat(text.split("```java", -1)).as(page + ": blocks").hasSize(inPage + 1);
        blocks += inPage;
      }
    }
    assertThat(blocks).isEqualTo(6);
  }
}
