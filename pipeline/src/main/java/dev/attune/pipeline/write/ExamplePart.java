package dev.attune.pipeline.write;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Split;
import java.io.Serializable;

/**
 * One bucket's examples of one split, sorted, in two temporary files.
 *
 * @param bucket the range of fingerprints; parts in this order are sorted as a whole
 * @param split which file they go to
 * @param linesFile the lines as they will stand there
 * @param lineageFile a {@link LineageFrame} a line
 * @param bytes of the lines, with line feeds
 * @param tally how many, and the sum of their ids
 * @param carried the same of those among them that are carried over from the previous dataset
 * @param statistics of them
 */
record ExamplePart(
    int bucket,
    Split split,
    String linesFile,
    String lineageFile,
    long bytes,
    Tally tally,
    Tally carried,
    SplitStatistics statistics)
    implements Serializable {
  /** How many of them are records that were read. */
  long newExamples() {
    return tally.count() - carried.count();
  }
}
