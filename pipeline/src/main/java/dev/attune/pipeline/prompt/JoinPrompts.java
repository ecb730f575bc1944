package dev.attune.pipeline.prompt;

import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.stage.CachedSideInput;
import dev.attune.pipeline.stage.Gather;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Joins the groups of records with equal prompts, and of records whose dialogues begin with one
 * another, so that the split keeps them together. Finds the prompts that are too common to join
 * anything.
 *
 * <p>Input: the prompt keys of every record, including records that will be dropped as duplicates,
 * because the groups that share a prompt are counted before anything is dropped. So this stage is
 * before {@code DropDuplicates}. Output: {@link PromptJoins}.
 *
 * <p>Deterministic: the output does not depend on the order of the input or the number of buckets.
 * Memory: the entries of one bucket, about 150 bytes each, and in one worker all common prompts,
 * about 200 bytes each.
 */
public final class JoinPrompts extends PTransform<PCollection<Asked>, PromptJoins> {
  private static final TupleTag<Join> JOINS = new TupleTag<>() {};
  private static final TupleTag<BeginningJoin> BEGINNINGS = new TupleTag<>() {};
  private static final TupleTag<PromptFindings> FINDINGS = new TupleTag<>() {};

  private final int buckets;

  private JoinPrompts(int buckets) {
    this.buckets = buckets;
  }

  /**
   * Compares prompts in this many buckets.
   *
   * @param count at least 1; the output does not depend on it
   */
  public static JoinPrompts inBuckets(int count) {
    return new JoinPrompts(count);
  }

  @Override
  public PromptJoins expand(PCollection<Asked> asked) {
    PCollectionTuple compared =
        asked
            .apply("PackByKey", PackInBuckets.of(RecordCoder.of(PromptEntry.class), byKey(buckets)))
            .apply("GroupByKey", GroupByKey.create())
            .apply(
                "ComparePrompts",
                ParDo.of(new ComparePromptsFn())
                    .withOutputTags(JOINS, TupleTagList.of(BEGINNINGS).and(FINDINGS)));
    PCollection<PromptFindings> findings =
        Gather.sum("Findings", compared.get(FINDINGS), new PromptFindings(), PromptFindings::sum);
    PCollection<CommonPrompts> common =
        findings.apply(
            "FindCommon",
            MapElements.into(TypeDescriptor.of(CommonPrompts.class)).via(PromptFindings::common));
    PCollectionView<CommonPrompts> view = common.apply("ViewCommon", View.asSingleton());
    PCollection<Join> beginnings =
        compared
            .get(BEGINNINGS)
            .apply("JoinBeginnings", ParDo.of(new JoinBeginningsFn(view)).withSideInputs(view));
    return new PromptJoins(
        Gather.flatten("CollectPromptJoins", compared.get(JOINS), beginnings),
        common,
        findings.apply(
            "DescribeCommon",
            FlatMapElements.into(TypeDescriptors.strings()).via(PromptFindings::sentences)),
        view);
  }

  private static PackInBuckets.Spread<Asked, PromptEntry> byKey(int buckets) {
    return (asked, out) -> {
      for (PromptEntry entry : PromptEntry.of(asked)) {
        out.add(entry.key().bucket(buckets), entry);
      }
    };
  }

  private static final class ComparePromptsFn extends DoFn<KV<Integer, Iterable<byte[]>>, Join> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, MultiOutputReceiver out) {
      PromptBucket prompts = new PromptBucket();
      Packs.values(bucket.getValue(), RecordCoder.of(PromptEntry.class)).forEach(prompts::add);
      out.get(FINDINGS)
          .output(prompts.resolve(out.get(JOINS)::output, out.get(BEGINNINGS)::output));
    }
  }

  private static final class JoinBeginningsFn extends DoFn<BeginningJoin, Join> {
    private final CachedSideInput<CommonPrompts> common;

    JoinBeginningsFn(PCollectionView<CommonPrompts> common) {
      this.common = new CachedSideInput<>(common);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Join join = context.element().join(common.get(context));
      if (join != null) {
        context.output(join);
      }
    }
  }
}
