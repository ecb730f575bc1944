package dev.attune.pipeline.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.source.file.DamagedFile.Layout;
import dev.attune.pipeline.source.file.DamagedFile.Original;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.RangeHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * No record that damage left alone is lost without a refusal. Whatever one to four changes do to a
 * file, each record that they did not touch is read as it is, or the file is refused; nothing is
 * read twice, and nothing is read that holds the texts of two records, but for two damaged rows of
 * a CSV file next to each other.
 *
 * <p>A change touches the record in which it is, and between two records both: without its line end
 * a line of a .jsonl file or a row is one record with the next. The header of a CSV file is not
 * damaged: it is judged by itself. What no grammar can tell stands in {@link
 * dev.attune.pipeline.source.file.cut.ElementLexer} and {@link
 * dev.attune.pipeline.source.file.cut.HiddenRows}.
 *
 * <p>{@code -Dattune.damage.repeat=100} tries a hundred times as many files.
 */
class DamagedFilesTest {
  private static final int REPEAT = Integer.getInteger("attune.damage.repeat", 1);
  private static final RangeReader READER =
      new RangeReader(
          new ReadRules(SourceName.OBSERVATIONS, "test", ',', Reading.limits(2000, false)),
          Reading.mapping());
  private static final Map<Layout, int[]> OUTCOMES = new HashMap<>();
  private static Path folder = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("damaged-files");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    OUTCOMES.forEach(
        (layout, counts) ->
            assertThat(counts[0]).as("files of %s that were read", layout).isPositive());
  }

  @Property(
      tries = 16_000,
      seed = "20261127",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void losesNoRecordThatIsWholeUnlessItRefusesTheFile(@ForAll Layout layout, @ForAll int number)
      throws IOException {
    for (int i = 0; i < REPEAT; i++) {
      var file = new DamagedFile(layout, number + ((long) i << Integer.SIZE));
      Reading reading = read(layout.ending(), file.bytes(), number % 8 == 0);
      int[] outcomes = OUTCOMES.computeIfAbsent(layout, first -> new int[2]);
      outcomes[reading.refusals.isEmpty() ? 0 : 1]++;
      if (reading.refusals.isEmpty()) {
        assertNothingLost(file, reading.examples);
      }
    }
  }

  private static void assertNothingLost(DamagedFile file, List<Example> examples) {
    Map<String, Integer> read = new HashMap<>();
    Set<String> places = new HashSet<>();
    for (Example example : examples) {
      String id = example.id().substring("observations:".length());
      String text = example.line().turns().get(0).text();
      read.merge(id + " " + text, 1, Integer::sum);
      List<Original> texts = file.originals.stream().filter(o -> text.contains(o.mark())).toList();
      boolean mixed = texts.size() > 1 && !(file.isCsv() && isDamagedPair(texts));
      if (!places.add(example.location()) || mixed) {
        throw new AssertionError(example.location() + " is mixed or read twice of " + file);
      }
    }
    for (Original original : file.originals) {
      int count = read.getOrDefault(original.id + " " + original.text, 0);
      if (!original.touched() && count != 1) {
        throw new AssertionError(original.id + " is not read once of " + file);
      }
    }
  }

  /** Two rows that lost the quote between them and the key of the second are one legal row. */
  private static boolean isDamagedPair(List<Original> texts) {
    return texts.size() == 2 && texts.get(0).touched() && texts.get(1).touched();
  }

  private static Reading read(String ending, byte[] content, boolean gz) throws IOException {
    String name = gz ? "a" + ending + ".gz" : "a" + ending;
    byte[] stored = gz ? Reading.gz(content) : content;
    Path path = Files.write(folder.resolve(name), stored);
    FileType type = Objects.requireNonNull(FileType.ofName(name));
    var hash = new RangeHash();
    hash.update(stored, 0, stored.length);
    var range =
        new FileRange(
            name,
            path.toString(),
            type,
            stored.length,
            hash.next(),
            0,
            stored.length,
            1,
            FileRange.LOCAL);
    var reading = new Reading();
    READER.read(range, reading);
    return reading;
  }
}
