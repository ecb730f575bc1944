package dev.attune.pipeline.source.feedback;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read together: those whose partition column is at least {@code from} and less than
 * {@code below}, or those in which it is NULL. Without bounds: all that are not NULL, or all if
 * there is no partition column.
 *
 * @param nulls whether these are the rows without a value; then there are no bounds
 * @param from as text, or null for no lower bound
 * @param below as text, or null for no upper bound
 */
record RowRange(boolean nulls, @Nullable String from, @Nullable String below)
    implements Serializable {
  static final RowRange NULLS = new RowRange(true, null, null);
  static final RowRange UNBOUNDED = new RowRange(false, null, null);
}
