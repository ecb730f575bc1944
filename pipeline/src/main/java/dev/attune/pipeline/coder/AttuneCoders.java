package dev.attune.pipeline.coder;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Registers the coders of this package with every pipeline that has this jar on its class path, by
 * {@code META-INF/services}, so that no stage and no user has to name one.
 */
public final class AttuneCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        provider(Asked.class, AskedCoder.of()),
        provider(CarriedExample.class, CarriedExampleCoder.of()),
        provider(Decision.class, DecisionCoder.of()),
        provider(EncodedExample.class, EncodedExampleCoder.of()),
        provider(Example.class, ExampleCoder.of()),
        provider(Identity.class, IdentityCoder.of()),
        provider(Join.class, JoinCoder.of()),
        provider(Refusal.class, RefusalCoder.of()),
        provider(RejectedRecord.class, RejectedRecordCoder.of()),
        provider(Roots.class, RootsCoder.of()),
        provider(Shingled.class, ShingledCoder.of()),
        provider(Tally.class, TallyCoder.of()));
  }

  private static <T> CoderProvider provider(Class<T> type, Coder<T> coder) {
    return CoderProviders.forCoder(TypeDescriptor.of(type), coder);
  }
}
