package dev.attune.pipeline.rejection;

import java.io.Serializable;

/**
 * Why the whole run is refused, for example a truncated file or two improvements for one id. It is
 * data, not an exception, because Dataflow would retry an exception and Flink would hide it.
 *
 * @param place the setting or file that the refusal is about
 * @param sentence what is wrong and what to do
 */
public record Refusal(String place, String sentence) implements Serializable {}
