package dev.attune.pipeline.coder;

import org.jspecify.annotations.Nullable;

/**
 * One of two kinds of values, so that both can be grouped once instead of twice.
 *
 * @param left the left value, or null; exactly one of both is not null
 * @param right the right value, or null
 */
public record Either<L, R>(@Nullable L left, @Nullable R right) {
  public static <L, R> Either<L, R> left(L left) {
    return new Either<>(left, null);
  }

  public static <L, R> Either<L, R> right(R right) {
    return new Either<>(null, right);
  }
}
