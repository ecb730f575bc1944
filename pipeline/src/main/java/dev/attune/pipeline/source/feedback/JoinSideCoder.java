package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.coder.ExampleCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Both sides of the join on the wire. */
final class JoinSideCoder extends AtomicCoder<JoinSide> {
  private static final int ROW = 0;
  private static final int WAITING = 1;
  private static final int IMPROVEMENT = 2;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final NullableCoder<String> OPTIONAL = NullableCoder.of(TEXT);
  private static final ExampleCoder EXAMPLE = ExampleCoder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  private JoinSideCoder() {}

  static JoinSideCoder of() {
    return new JoinSideCoder();
  }

  @Override
  public void encode(JoinSide side, OutputStream out) throws IOException {
    if (side instanceof JoinSide.Row row) {
      RowOutcome.Waiting waiting = row.waiting();
      out.write(waiting == null ? ROW : WAITING);
      TEXT.encode(row.fullId(), out);
      TEXT.encode(row.basis(), out);
      if (waiting != null) {
        EXAMPLE.encode(waiting.example(), out);
        TEXT.encode(waiting.contentHash(), out);
      }
    } else if (side instanceof Improvement improvement) {
      out.write(IMPROVEMENT);
      TEXT.encode(improvement.fullId(), out);
      OPTIONAL.encode(improvement.basis(), out);
      TEXT.encode(improvement.response(), out);
      TEXT.encode(improvement.file(), out);
      NUMBER.encode(improvement.line(), out);
    } else {
      throw new AssertionError(side);
    }
  }

  @Override
  public JoinSide decode(InputStream in) throws IOException {
    int kind = in.read();
    String fullId = TEXT.decode(in);
    return switch (kind) {
      case ROW -> new JoinSide.Row(fullId, TEXT.decode(in), null);
      case WAITING ->
          new JoinSide.Row(
              fullId, TEXT.decode(in), new RowOutcome.Waiting(EXAMPLE.decode(in), TEXT.decode(in)));
      case IMPROVEMENT ->
          new Improvement(
              fullId, OPTIONAL.decode(in), TEXT.decode(in), TEXT.decode(in), NUMBER.decode(in));
      default -> throw new CoderException("no side of the join is of the kind " + kind);
    };
  }
}
