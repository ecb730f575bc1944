package dev.attune.pipeline.rejection;

import java.io.Serializable;

/**
 * Why the whole run is refused: a truncated file, two improvements for one id. It travels as data
 * to the end of the pipeline, because an exception would be retried by Dataflow and buried by
 * Flink.
 *
 * @param place file, file:line or table
 * @param sentence what is wrong there and what to do
 */
public record Refusal(String place, String sentence) implements Serializable {}
