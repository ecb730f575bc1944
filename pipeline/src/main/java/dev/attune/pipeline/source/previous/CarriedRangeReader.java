package dev.attune.pipeline.source.previous;

import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.file.storage.RefusedFileException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of examples in step with its lineage: line k of one belongs to line k of the other.
 */
final class CarriedRangeReader {
  private CarriedRangeReader() {}

  /**
   * Reads a range. Ends with a refusal if a file changed, or if a line and its lineage do not
   * belong together.
   *
   * @return the tally of the examples that were read, under the name of their file
   */
  static Tally read(
      CarriedRange range, Consumer<CarriedExample> examples, Consumer<Refusal> refusals)
      throws IOException {
    String name = range.split().fileName();
    Tally tally = Tally.none(name);
    try (RangeLines lines = RangeLines.open(range.examples());
        RangeLines lineage = RangeLines.open(range.lineage())) {
      long number = range.examples().firstLine();
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        String location = range.examples().name() + ":" + number;
        LineageLine origin = parsed(lineage.next());
        if (origin == null || !origin.file().equals(name) || origin.line() != number) {
          refusals.accept(new Refusal(location, Messages.of("pipeline.previous.lineage-differs")));
          return tally;
        }
        examples.accept(
            new CarriedExample(
                at(location, origin.provenance()),
                range.split(),
                new Line(line),
                origin.fingerprint()));
        tally = tally.plus(origin.provenance().id());
        number++;
      }
      lineage.next(); // Verifies the range at its end.
    } catch (RefusedFileException e) {
      refusals.accept(e.refusal());
    }
    return tally;
  }

  private static @Nullable LineageLine parsed(byte @Nullable [] line) {
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
}
