package dev.attune.pipeline.source.feedback;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read together: those whose partition column is from {@code from} on and below
 * {@code below}, or those where it is NULL. Without either bound: all that are not NULL, or, where
 * there is no partition column, all.
 *
 * @param nulls the rows without a value; then there are no bounds
 * @param from as text, or null: no lower bound
 * @param below as text, or null: no upper bound
 */
record RowRange(boolean nulls, @Nullable String from, @Nullable String below)
    implements Serializable {
  static final RowRange NULLS = new RowRange(true, null, null);
  static final RowRange UNBOUNDED = new RowRange(false, null, null);
}
