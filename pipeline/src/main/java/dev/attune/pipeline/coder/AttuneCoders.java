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
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Registers the coders of this package with every pipeline that has this jar on its class path, by
 * {@code META-INF/services}, so that no stage and no user has to name one.
 */
public final class AttuneCoders implements CoderProviderRegistrar {
  private static final List<Class<?>> RECORDS =
      List.of(
          Asked.class,
          CarriedExample.class,
          Decision.class,
          EncodedExample.class,
          Example.class,
          Identity.class,
          Join.class,
          Refusal.class,
          RejectedRecord.class,
          Tally.class);

  @Override
  public List<CoderProvider> getCoderProviders() {
    List<CoderProvider> providers = new ArrayList<>();
    RECORDS.forEach(type -> providers.add(provider(type)));
    providers.add(CoderProviders.forCoder(TypeDescriptor.of(Roots.class), RootsCoder.of()));
    providers.add(CoderProviders.forCoder(TypeDescriptor.of(Shingled.class), ShingledCoder.of()));
    return providers;
  }

  private static <T> CoderProvider provider(Class<T> type) {
    return CoderProviders.forCoder(TypeDescriptor.of(type), RecordCoder.of(type));
  }
}
