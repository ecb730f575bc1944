package dev.attune.pipeline.write.part;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;

/**
 * The lineage of an example in a temporary file: keys by which the last stage compares the splits,
 * then the line without its head.
 *
 * @param group key of its group's name, or of its own id if its prompt is common
 * @param content key of its normal form
 * @param carried whether it is carried over from the previous dataset
 * @param common whether its prompt is common, so that it is not joined with other records
 * @param tail see {@link DatasetLines#lineageTail}
 */
public record LineageFrame(
    Key128 group, Key128 content, boolean carried, boolean common, Line tail) {
  /** Encodes the frames of a temporary file. */
  public static final RecordCoder<LineageFrame> CODER = RecordCoder.of(LineageFrame.class);
}
