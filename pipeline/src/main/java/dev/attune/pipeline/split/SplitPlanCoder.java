package dev.attune.pipeline.split;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/** Encodes plans; not for keys, as the bytes do not follow an order. */
final class SplitPlanCoder extends CustomCoder<SplitPlan> {
  private SplitPlanCoder() {}

  static SplitPlanCoder of() {
    return new SplitPlanCoder();
  }

  @Override
  public void encode(SplitPlan plan, OutputStream out) throws IOException {
    plan.write(new DataOutputStream(out));
  }

  @Override
  public SplitPlan decode(InputStream in) throws IOException {
    return SplitPlan.read(new DataInputStream(in));
  }
}
