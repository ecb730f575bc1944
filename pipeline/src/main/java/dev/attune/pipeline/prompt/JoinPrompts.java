package dev.attune.pipeline.prompt;

import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.CommonPrompts;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Finds what asks the same: joins the groups of equal prompts and of dialogues that begin with one
 * another, and says what is common. In: what every record asks, also of those that will give way as
 * duplicates, since a prompt is common by the groups that share it before anything is dropped.
 * Keeps no order; what comes out does not depend on it. Memory: the entries of one bucket, about
 * 150 bytes each, and in one worker all common prompts, about 200 bytes each.
 */
public final class JoinPrompts extends PTransform<PCollection<Asked>, PCollectionTuple> {
  /** The groups that must stay in one split. */
  public static final TupleTag<Join> JOINS = new TupleTag<>() {};

  /** What is common: one element. */
  public static final TupleTag<CommonPrompts> COMMON = new TupleTag<>() {};

  /** What a person should know of it, each a sentence. */
  public static final TupleTag<String> SENTENCES = new TupleTag<>() {};

  private static final TupleTag<BeginningJoin> BEGINNINGS = new TupleTag<>() {};
  private static final TupleTag<PromptFindings> FINDINGS = new TupleTag<>() {};

  private final int buckets;

  private JoinPrompts(int buckets) {
    this.buckets = buckets;
  }

  /** In so many buckets; nothing that comes out depends on it. */
  public static JoinPrompts inBuckets(int count) {
    return new JoinPrompts(count);
  }

  @Override
  public PCollectionTuple expand(PCollection<Asked> asked) {
    PCollectionTuple compared =
        asked
            .apply("PackByKey", PackInBuckets.of(RecordCoder.of(PromptEntry.class), byKey(buckets)))
            .apply("GroupByKey", GroupByKey.create())
            .apply(
                "ComparePrompts",
                ParDo.of(new ComparePromptsFn())
                    .withOutputTags(JOINS, TupleTagList.of(BEGINNINGS).and(FINDINGS)));
    PCollectionTuple common = collect(compared.get(FINDINGS));
    PCollection<CommonPrompts> found =
        common.get(COMMON).setCoder(SerializableCoder.of(CommonPrompts.class));
    PCollectionView<CommonPrompts> view = found.apply("ViewCommon", View.asSingleton());
    PCollection<Join> beginnings =
        compared
            .get(BEGINNINGS)
            .setCoder(SerializableCoder.of(BeginningJoin.class))
            .apply("JoinBeginnings", ParDo.of(new JoinBeginningsFn(view)).withSideInputs(view))
            .setCoder(RecordCoder.of(Join.class));
    PCollection<Join> joins =
        PCollectionList.of(compared.get(JOINS).setCoder(RecordCoder.of(Join.class)))
            .and(beginnings)
            .apply("CollectPromptJoins", Flatten.pCollections());
    return PCollectionTuple.of(JOINS, joins)
        .and(COMMON, found)
        .and(SENTENCES, common.get(SENTENCES).setCoder(StringUtf8Coder.of()));
  }

  private static PackInBuckets.Spread<Asked, PromptEntry> byKey(int buckets) {
    return (asked, out) -> {
      for (PromptEntry entry : PromptEntry.of(asked)) {
        out.add(entry.key().bucket(buckets), entry);
      }
    };
  }

  /** All findings in one worker, with an empty one beside them, so that there is always one. */
  private static PCollectionTuple collect(PCollection<PromptFindings> findings) {
    Coder<PromptFindings> coder = SerializableCoder.of(PromptFindings.class);
    return PCollectionList.of(findings.setCoder(coder))
        .and(
            findings
                .getPipeline()
                .apply("FindNothing", Create.of(new PromptFindings()).withCoder(coder)))
        .apply("CollectFindings", Flatten.pCollections())
        .apply("KeyFindings", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("GroupFindings", GroupByKey.create())
        .apply(
            "FindCommon",
            ParDo.of(new FindCommonFn()).withOutputTags(COMMON, TupleTagList.of(SENTENCES)));
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

  private static final class FindCommonFn
      extends DoFn<KV<Integer, Iterable<PromptFindings>>, CommonPrompts> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<PromptFindings>> findings, MultiOutputReceiver out) {
      PromptFindings all = new PromptFindings();
      findings.getValue().forEach(all::add);
      out.get(COMMON).output(all.common());
      all.sentences().forEach(out.get(SENTENCES)::output);
    }
  }

  private static final class JoinBeginningsFn extends DoFn<BeginningJoin, Join> {
    private final PCollectionView<CommonPrompts> common;
    // Asked for once a bundle: on Flink it costs more than what is done with it.
    private transient @Nullable CommonPrompts known;

    JoinBeginningsFn(PCollectionView<CommonPrompts> common) {
      this.common = common;
    }

    @StartBundle
    public void startBundle() {
      known = null;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      CommonPrompts all = known == null ? context.sideInput(common) : known;
      known = all;
      Join join = context.element().join(all);
      if (join != null) {
        context.output(join);
      }
    }
  }
}
