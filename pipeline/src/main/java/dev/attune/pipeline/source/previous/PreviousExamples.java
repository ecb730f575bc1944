package dev.attune.pipeline.source.previous;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CollectionRecord;
import org.apache.beam.sdk.values.PCollection;

/**
 * The output of {@link ReadPrevious}.
 *
 * @param examples to carry over
 * @param tallies how many there are, under the names of their files
 * @param refusals lines that do not match their lineage; the run must be refused
 */
public record PreviousExamples(
    PCollection<CarriedExample> examples, PCollection<Tally> tallies, PCollection<Refusal> refusals)
    implements CollectionRecord<PreviousExamples> {}
