package dev.attune.pipeline.encode;

import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.EncodedExamples;
import org.apache.beam.sdk.values.PCollection;

/**
 * The output of {@link EncodeCarried}.
 *
 * @param encoded the examples and their keys
 * @param refusals lines that do not match their lineage or the format; the run must be refused
 */
public record CarriedExamples(EncodedExamples encoded, PCollection<Refusal> refusals)
    implements CollectionRecord<CarriedExamples> {}
