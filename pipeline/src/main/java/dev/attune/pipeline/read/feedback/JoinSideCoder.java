package dev.attune.pipeline.read.feedback;

import dev.attune.pipeline.coder.ExampleCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Both sides of the join on the wire. */
final class JoinSideCoder extends AtomicCoder<JoinSide> {
  private static final int WAITING = 0;
  private static final int IMPROVEMENT = 1;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final ExampleCoder EXAMPLE = ExampleCoder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  private JoinSideCoder() {}

  static JoinSideCoder of() {
    return new JoinSideCoder();
  }

  @Override
  public void encode(JoinSide side, OutputStream out) throws IOException {
    if (side instanceof RowOutcome.Waiting row) {
      out.write(WAITING);
      EXAMPLE.encode(row.example(), out);
      TEXT.encode(row.contentHash(), out);
    } else if (side instanceof Improvement improvement) {
      out.write(IMPROVEMENT);
      TEXT.encode(improvement.fullId(), out);
      TEXT.encode(improvement.response(), out);
      TEXT.encode(improvement.file(), out);
      NUMBER.encode(improvement.line(), out);
    } else {
      throw new AssertionError(side);
    }
  }

  @Override
  public JoinSide decode(InputStream in) throws IOException {
    return in.read() == WAITING
        ? new RowOutcome.Waiting(EXAMPLE.decode(in), TEXT.decode(in))
        : new Improvement(TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), NUMBER.decode(in));
  }
}
