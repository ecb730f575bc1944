package dev.attune.pipeline.write;

import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.CollectionRecord;
import org.apache.beam.sdk.values.PCollection;

/**
 * The output of {@link ApplyDecisions}.
 *
 * @param training the examples of train.jsonl
 * @param validation the examples of valid.jsonl
 * @param rejected the records that duplicates or the split rejected
 */
public record DividedExamples(
    PCollection<EncodedExample> training,
    PCollection<EncodedExample> validation,
    PCollection<RejectedRecord> rejected)
    implements CollectionRecord<DividedExamples> {}
