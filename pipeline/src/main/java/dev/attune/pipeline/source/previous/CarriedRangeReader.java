package dev.attune.pipeline.source.previous;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.rejection.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a range in step with their lineage: line k of the one tells of line k of the
 * other. One line of each is held at a time.
 */
final class CarriedRangeReader {
  private final Path directory;

  CarriedRangeReader(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads a range.
   *
   * @return how many examples were read, under the name of their file
   */
  Tally read(CarriedRange range, Consumer<CarriedExample> examples, Consumer<Refusal> refusals)
      throws IOException {
    String name = range.split().fileName();
    Path file = directory.resolve(name);
    Tally tally = Tally.none(name);
    try (LineStream lines = LineStream.open(file, range.examples());
        LineStream lineage =
            LineStream.open(directory.resolve(PreviousDataset.LINEAGE), range.lineage())) {
      for (long number = range.firstLine(); number < range.firstLine() + range.lines(); number++) {
        byte[] line = lines.next();
        LineageLine told = told(lineage.next());
        if (line == null || told == null || !told.file().equals(name) || told.line() != number) {
          refusals.accept(unmatched(file + ":" + number));
          return tally;
        }
        examples.accept(
            new CarriedExample(
                at(file + ":" + number, told.provenance()),
                range.split(),
                new Line(line),
                told.fingerprint()));
        tally = tally.plus(told.provenance().id());
      }
    } catch (NoSuchFileException | AccessDeniedException e) {
      refusals.accept(
          new Refusal(
              String.valueOf(e.getFile()),
              "The file can no longer be opened: put it back, " + PreviousDataset.WITHOUT));
    }
    return tally;
  }

  private static @Nullable LineageLine told(byte @Nullable [] line) {
    return line == null ? null : LineageLine.parse(line);
  }

  private static Provenance at(String location, Provenance from) {
    return new Provenance(
        from.id(),
        from.source(),
        location,
        from.group(),
        from.parent(),
        from.categories(),
        from.quality(),
        from.common());
  }

  private static Refusal unmatched(String place) {
    return new Refusal(
        place,
        "lineage.jsonl does not tell of this line where it should: take another dataset, "
            + PreviousDataset.WITHOUT);
  }
}
