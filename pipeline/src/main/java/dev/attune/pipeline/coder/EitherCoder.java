package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StructuredCoder;

/** Encodes one byte that says which kind the value is, then the value. */
public final class EitherCoder<L, R> extends StructuredCoder<Either<L, R>> {
  private final Coder<L> left;
  private final Coder<R> right;

  private EitherCoder(Coder<L> left, Coder<R> right) {
    this.left = left;
    this.right = right;
  }

  public static <L, R> EitherCoder<L, R> of(Coder<L> left, Coder<R> right) {
    return new EitherCoder<>(left, right);
  }

  @Override
  public void encode(Either<L, R> value, OutputStream out) throws IOException {
    L isLeft = value.left();
    R isRight = value.right();
    if (isLeft != null) {
      out.write(0);
      left.encode(isLeft, out);
    } else if (isRight != null) {
      out.write(1);
      right.encode(isRight, out);
    } else {
      throw new IOException("neither left nor right");
    }
  }

  @Override
  public Either<L, R> decode(InputStream in) throws IOException {
    return in.read() == 0 ? Either.left(left.decode(in)) : Either.right(right.decode(in));
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(left, right);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    verifyDeterministic(this, "both kinds must be deterministic", left, right);
  }
}
