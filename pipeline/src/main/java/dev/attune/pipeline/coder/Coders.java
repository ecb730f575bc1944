package dev.attune.pipeline.coder;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CoderRegistry;

/** Makes a pipeline know the coders of this package, so that no stage has to name one. */
public final class Coders {
  private Coders() {}

  public static void register(Pipeline pipeline) {
    CoderRegistry registry = pipeline.getCoderRegistry();
    registry.registerCoderForClass(Example.class, ExampleCoder.of());
    registry.registerCoderForClass(CarriedExample.class, CarriedExampleCoder.of());
    registry.registerCoderForClass(EncodedExample.class, EncodedExampleCoder.of());
    registry.registerCoderForClass(Identity.class, IdentityCoder.of());
    registry.registerCoderForClass(Asked.class, AskedCoder.of());
    registry.registerCoderForClass(Join.class, JoinCoder.of());
    registry.registerCoderForClass(Shingled.class, ShingledCoder.of());
    registry.registerCoderForClass(Decision.class, DecisionCoder.of());
    registry.registerCoderForClass(RejectedRecord.class, RejectedRecordCoder.of());
    registry.registerCoderForClass(Refusal.class, RefusalCoder.of());
    registry.registerCoderForClass(Tally.class, TallyCoder.of());
  }
}
