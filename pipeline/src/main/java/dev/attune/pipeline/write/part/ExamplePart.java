package dev.attune.pipeline.write.part;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Split;
import java.io.Serializable;

/**
 * The examples of one bucket and one split, sorted, in two temporary files.
 *
 * @param bucket range of fingerprints; parts in this order are sorted as a whole
 * @param split of the examples
 * @param linesFile name of the file with their lines
 * @param lineageFile name of the file with a {@link LineageFrame} per line
 * @param bytes size of the lines, with line feeds
 * @param tally number of examples and sum of their ids
 * @param carried the same for the examples carried over from the previous dataset
 * @param statistics of the examples
 */
public record ExamplePart(
    int bucket,
    Split split,
    String linesFile,
    String lineageFile,
    long bytes,
    Tally tally,
    Tally carried,
    SplitStatistics statistics)
    implements Serializable {
  /** Returns the number of examples that were made from records. */
  public long newExamples() {
    return tally.count() - carried.count();
  }
}
