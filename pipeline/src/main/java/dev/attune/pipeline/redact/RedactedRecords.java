package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.CollectionRecord;
import org.apache.beam.sdk.values.PCollection;

/**
 * The output of {@link RedactRecords}.
 *
 * @param examples without personal data
 * @param rejected the records that reading rejected, with ids that may be written
 * @param tallies the tallies of the records read, with the ids of the output
 * @param redactions the numbers of replaced places; partial sums
 */
public record RedactedRecords(
    PCollection<Example> examples,
    PCollection<RejectedRecord> rejected,
    PCollection<Tally> tallies,
    PCollection<Redactions> redactions)
    implements CollectionRecord<RedactedRecords> {}
