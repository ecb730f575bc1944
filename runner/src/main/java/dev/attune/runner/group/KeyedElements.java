package dev.attune.runner.group;

import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * All elements with one key.
 *
 * @param key the key
 * @param elements the elements, in the order in which they came
 */
public record KeyedElements(Object key, Iterable<WindowedValue<KV<Object, Object>>> elements) {}
