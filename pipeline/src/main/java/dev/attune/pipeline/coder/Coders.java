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
    registry.registerCoderForClass(Example.class, RecordCoder.of(Example.class));
    registry.registerCoderForClass(CarriedExample.class, RecordCoder.of(CarriedExample.class));
    registry.registerCoderForClass(EncodedExample.class, RecordCoder.of(EncodedExample.class));
    registry.registerCoderForClass(Identity.class, RecordCoder.of(Identity.class));
    registry.registerCoderForClass(Asked.class, RecordCoder.of(Asked.class));
    registry.registerCoderForClass(Join.class, RecordCoder.of(Join.class));
    registry.registerCoderForClass(Shingled.class, ShingledCoder.of());
    registry.registerCoderForClass(Decision.class, RecordCoder.of(Decision.class));
    registry.registerCoderForClass(RejectedRecord.class, RecordCoder.of(RejectedRecord.class));
    registry.registerCoderForClass(Refusal.class, RecordCoder.of(Refusal.class));
    registry.registerCoderForClass(Tally.class, RecordCoder.of(Tally.class));
  }
}
