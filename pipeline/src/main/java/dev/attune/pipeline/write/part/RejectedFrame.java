package dev.attune.pipeline.write.part;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Line;

/**
 * A rejected record in a temporary file: its sort key, then its line.
 *
 * @param id the full id
 * @param location of the record
 * @param line of rejected.jsonl
 */
public record RejectedFrame(String id, String location, Line line)
    implements Comparable<RejectedFrame> {
  /** Encodes the frames of a temporary file. */
  public static final RecordCoder<RejectedFrame> CODER = RecordCoder.of(RejectedFrame.class);

  /** Compares by id, then by location. */
  @Override
  public int compareTo(RejectedFrame other) {
    return RejectedOrder.compare(id, location, other.id, other.location);
  }
}
