package dev.attune.pipeline.write;

import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.stage.DecidedExamples;
import dev.attune.pipeline.stage.Gather;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Groups lines with their decisions by ranges of the fingerprint; {@link #read} reads a group. */
final class GroupDecided
    extends PTransform<DecidedExamples, PCollection<KV<Integer, Iterable<byte[]>>>> {
  private static final EitherCoder<EncodedExample, Decision> CODER =
      EitherCoder.of(RecordCoder.of(EncodedExample.class), RecordCoder.of(Decision.class));

  private final int ranges;

  GroupDecided(int ranges) {
    this.ranges = ranges;
  }

  /** Hands the lines and the decisions of a group on, in no order. */
  static void read(
      Iterable<byte[]> group, Consumer<EncodedExample> bodies, Consumer<Decision> decisions) {
    for (Either<EncodedExample, Decision> value : Packs.values(group, CODER)) {
      EncodedExample body = value.left();
      Decision decision = value.right();
      if (body != null) {
        bodies.accept(body);
      } else if (decision != null) {
        decisions.accept(decision);
      }
    }
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(DecidedExamples input) {
    PCollection<KV<Integer, byte[]>> bodies =
        input.bodies().apply("PackBodies", PackInBuckets.of(CODER, byBody(ranges)));
    // Grouped first, so that what adds a range's decisions to its bodies touches no other range:
    // the DirectRunner copies the bodies of every range that a bundle adds to.
    PCollection<KV<Integer, byte[]>> decisions =
        input
            .decisions()
            .apply("PackDecisions", PackInBuckets.of(CODER, byDecision(ranges)))
            .apply("GroupDecisions", GroupByKey.create())
            .apply("UngroupDecisions", ParDo.of(new UngroupFn()))
            .setCoder(bodies.getCoder());
    return Gather.flatten("CollectDecided", bodies, decisions)
        .apply("GroupByRange", GroupByKey.create());
  }

  private static PackInBuckets.Spread<EncodedExample, Either<EncodedExample, Decision>> byBody(
      int ranges) {
    return (body, out) -> out.add(body.fingerprint().range(ranges), Either.left(body));
  }

  private static PackInBuckets.Spread<Decision, Either<EncodedExample, Decision>> byDecision(
      int ranges) {
    return (decision, out) -> out.add(decision.fingerprint().range(ranges), Either.right(decision));
  }

  private static final class UngroupFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> group, OutputReceiver<KV<Integer, byte[]>> out) {
      group.getValue().forEach(pack -> out.output(KV.of(group.getKey(), pack)));
    }
  }
}
