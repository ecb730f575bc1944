package dev.attune.pipeline.dedup;

import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.ComparedRecords;
import org.apache.beam.sdk.values.PCollection;

/**
 * The output of {@link DropDuplicates}.
 *
 * @param records all identities, those of duplicates with a {@code drop}; all joins; the shingles
 *     of the records that stay, and of a few others
 * @param templates a description of the templates that were found, for the report
 * @param refusals set if too many texts are alike: the run must be refused
 */
public record DistinctRecords(
    ComparedRecords records, PCollection<String> templates, PCollection<Refusal> refusals)
    implements CollectionRecord<DistinctRecords> {}
