package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectionReason;
import org.apache.beam.sdk.testing.CoderProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementCoderTest {
  @Test
  void bringsBackWhatItWrote() throws Exception {
    Drop dropped = new Drop(RejectionReason.CONFLICTING_CATEGORIES, "feedback:ü");
    Drop toCarried = new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:ü", true);
    for (Drop drop : new Drop[] {null, dropped, toCarried}) {
      for (long order : new long[] {0, -1, Long.MIN_VALUE}) {
        bringsBack(order, drop, null, false);
        bringsBack(order, drop, null, true);
      }
    }
    bringsBack(1, null, Split.TRAINING, false);
    bringsBack(1, null, Split.VALIDATION, false);
    CoderProperties.coderSerializable(new PlacementCoder());
  }

  private static void bringsBack(
      long order, @Nullable Drop drop, @Nullable Split carried, boolean conflict) throws Exception {
    PlacementCoder coder = new PlacementCoder();
    for (Commonness common : Commonness.values()) {
      CoderProperties.coderDecodeEncodeEqual(
          coder, placement(order, drop, carried, conflict, common));
      CoderProperties.coderDeterministic(
          coder,
          placement(order, drop, carried, conflict, common),
          placement(order, drop, carried, conflict, common));
    }
  }

  private static Placement placement(
      long order,
      @Nullable Drop drop,
      @Nullable Split carried,
      boolean conflict,
      Commonness common) {
    return new Placement(
        new Fingerprint(1, -2, Long.MAX_VALUE, 0),
        new Key128(-1, 7),
        new Key128(3, Long.MIN_VALUE),
        "feedback:é",
        order,
        "generated:x",
        drop,
        carried,
        conflict,
        common);
  }
}
