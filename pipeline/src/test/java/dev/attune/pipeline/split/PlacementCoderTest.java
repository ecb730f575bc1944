package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.rejection.RejectionReason;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

class PlacementCoderTest {
  private static final Fingerprint FINGERPRINT = new Fingerprint(1, -2, Long.MAX_VALUE, 0);
  private static final Key128 RECORD = new Key128(-1, 7);
  private static final Key128 CONTENT = new Key128(3, Long.MIN_VALUE);

  @Test
  void bringsBackWhatItWrote() throws Exception {
    PlacementCoder coder = new PlacementCoder();
    for (Drop drop :
        new Drop[] {null, new Drop(RejectionReason.CONFLICTING_CATEGORIES, "feedback:ü")}) {
      for (long order : new long[] {0, -1, Long.MIN_VALUE}) {
        Placement placement =
            new Placement(FINGERPRINT, RECORD, CONTENT, "feedback:é", order, "generated:x", drop);
        CoderProperties.coderDecodeEncodeEqual(coder, placement);
        CoderProperties.coderDeterministic(
            coder,
            placement,
            new Placement(
                new Fingerprint(1, -2, Long.MAX_VALUE, 0),
                new Key128(-1, 7),
                new Key128(3, Long.MIN_VALUE),
                "feedback:é",
                order,
                "generated:x",
                drop));
      }
    }
    CoderProperties.coderSerializable(coder);
  }
}
