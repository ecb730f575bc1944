package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.CollectionRecord;
import org.apache.beam.sdk.values.PCollection;

/**
 * The output of {@link AssignSplit}.
 *
 * @param decisions one for each record
 * @param refusals set if too many records are joined: the run must be refused
 * @param undivided a sentence if one unit leaves nothing to validate on: no dataset can be made
 * @param notes sentences for the user
 * @param together sentences for the report about what stays together
 * @param leftOut what was left out where texts of validation were compared
 */
public record AssignedSplit(
    PCollection<Decision> decisions,
    PCollection<Refusal> refusals,
    PCollection<String> undivided,
    PCollection<String> notes,
    PCollection<String> together,
    PCollection<LeftOutByContent> leftOut)
    implements CollectionRecord<AssignedSplit> {}
