package dev.attune.pipeline;

import dev.attune.catalog.ExampleLimits;
import dev.attune.config.CurationRules;
import dev.attune.pipeline.dedup.DropDuplicates;
import dev.attune.pipeline.dedup.Templates;
import dev.attune.pipeline.encode.EncodeExamples;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.prompt.JoinPrompts;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.split.AssignSplit;
import java.util.List;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The stages that compare records with one another: join what asks the same, drop duplicates,
 * assign the split. They know keys, and no text.
 *
 * @param prompts out of {@link JoinPrompts}
 * @param different out of {@link DropDuplicates}
 * @param split out of {@link AssignSplit}
 */
record Decided(PCollectionTuple prompts, PCollectionTuple different, PCollectionTuple split) {

  /**
   * What is decided about examples.
   *
   * @param examples under the tags of {@link EncodeExamples}
   */
  static Decided about(PCollectionTuple examples, PreparePlan prepared) {
    CurationRules rules = prepared.config().dataset().rules();
    ExampleLimits limits = prepared.limits();
    int buckets = prepared.sizing().identityBuckets();

    PCollectionTuple prompts =
        examples.get(EncodeExamples.ASKED).apply("JoinPrompts", JoinPrompts.inBuckets(buckets));
    PCollectionView<CommonPrompts> common =
        prompts.get(JoinPrompts.COMMON).apply("ViewCommon", View.asSingleton());
    PCollectionTuple different =
        examples.apply(
            "DropDuplicates",
            DropDuplicates.of(
                    EncodeExamples.IDENTITIES, EncodeExamples.SHINGLES, rules.duplicates())
                .knowing(common)
                .inBuckets(buckets));
    PCollectionTuple split =
        PCollectionTuple.of(DropDuplicates.IDENTITIES, different.get(DropDuplicates.IDENTITIES))
            .and(DropDuplicates.SHINGLES, different.get(DropDuplicates.SHINGLES))
            .and(
                DropDuplicates.JOINS,
                both(different, DropDuplicates.JOINS, prompts, JoinPrompts.JOINS, "AllJoins"))
            .apply(
                "AssignSplit",
                AssignSplit.of(DropDuplicates.IDENTITIES, DropDuplicates.JOINS, rules.split())
                    .keepingApart(DropDuplicates.SHINGLES, rules.duplicates())
                    .withCapacity(limits.trainingExamples(), limits.trainingBytes())
                    .inBuckets(buckets));
    return new Decided(prompts, different, split);
  }

  /** What becomes of each record. */
  PCollection<Decision> decisions() {
    return split.get(AssignSplit.DECISIONS);
  }

  /** What is common: one element. */
  PCollection<CommonPrompts> common() {
    return prompts.get(JoinPrompts.COMMON);
  }

  /** What was left out where texts of templates were compared. */
  PCollection<LeftOutByContent> leftOut() {
    return split.get(AssignSplit.LEFT_OUT);
  }

  /** Why there is no dataset where the split cannot divide. */
  PCollection<String> undivided() {
    return split.get(AssignSplit.UNDIVIDED);
  }

  /** What a person should see at once, each a sentence. */
  PCollection<String> notes() {
    return split.get(AssignSplit.NOTES);
  }

  /** What stays together, each a sentence. */
  PCollection<String> together() {
    PCollection<String> templates =
        different
            .get(DropDuplicates.TEMPLATES)
            .apply("CombineTemplates", Combine.globally(Templates::sum).withoutDefaults())
            .apply(
                "NameTemplates",
                FlatMapElements.into(TypeDescriptors.strings()).via(Templates::sentences));
    return PCollectionList.of(split.get(AssignSplit.TOGETHER))
        .and(prompts.get(JoinPrompts.SENTENCES))
        .and(templates)
        .apply("CollectTogether", Flatten.pCollections());
  }

  /** Why the run is refused. */
  List<PCollection<Refusal>> refusals() {
    return List.of(different.get(DropDuplicates.REFUSALS), split.get(AssignSplit.REFUSALS));
  }

  private static <T> PCollection<T> both(
      PCollectionTuple one,
      TupleTag<T> tag,
      PCollectionTuple other,
      TupleTag<T> otherTag,
      String name) {
    return PCollectionList.of(one.get(tag))
        .and(other.get(otherTag))
        .apply("Collect" + name, Flatten.pCollections());
  }
}
