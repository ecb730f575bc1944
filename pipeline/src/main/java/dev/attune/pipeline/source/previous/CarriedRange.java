package dev.attune.pipeline.source.previous;

import dev.attune.pipeline.example.Split;
import java.io.Serializable;

/**
 * Whole lines of one file of examples, and their lineage.
 *
 * @param split which file
 * @param firstLine number of the first line, from 1
 * @param lines how many
 * @param examples the bytes of these lines
 * @param lineage the bytes of their lines of lineage.jsonl
 */
record CarriedRange(Split split, long firstLine, long lines, Bytes examples, Bytes lineage)
    implements Serializable {
  /** From the start, inclusive, to the end, exclusive, of a file. */
  record Bytes(long start, long end) implements Serializable {}
}
