package dev.attune.pipeline.stage;

import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import org.apache.beam.sdk.values.PCollection;

/**
 * Encoded examples, with the decision about each of them.
 *
 * @param bodies the lines
 * @param decisions exactly one decision for each line
 */
public record DecidedExamples(PCollection<EncodedExample> bodies, PCollection<Decision> decisions)
    implements CollectionRecord<DecidedExamples> {}
