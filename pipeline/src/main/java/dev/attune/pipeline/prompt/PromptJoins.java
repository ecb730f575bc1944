package dev.attune.pipeline.prompt;

import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.stage.CollectionRecord;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The output of {@link JoinPrompts}.
 *
 * @param joins groups that must stay in one split
 * @param common the prompts that join nothing, in one element
 * @param sentences a description of these prompts for the report
 * @param commonView the element of {@code common} as a side input
 */
public record PromptJoins(
    PCollection<Join> joins,
    PCollection<CommonPrompts> common,
    PCollection<String> sentences,
    PCollectionView<CommonPrompts> commonView)
    implements CollectionRecord<PromptJoins> {}
