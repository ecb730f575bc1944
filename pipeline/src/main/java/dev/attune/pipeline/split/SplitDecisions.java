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
 * @param refusals not empty if too many records are joined, so that the run must be refused
 * @param undivided a sentence if one unit leaves no validation example, so that no dataset can be
 *     made
 * @param notes sentences for the user
 * @param together sentences for the report about the largest unit
 * @param leftOut the template shingles that were ignored when validation texts were compared
 */
public record SplitDecisions(
    PCollection<Decision> decisions,
    PCollection<Refusal> refusals,
    PCollection<String> undivided,
    PCollection<String> notes,
    PCollection<String> together,
    PCollection<LeftOutByContent> leftOut)
    implements CollectionRecord<SplitDecisions> {}
