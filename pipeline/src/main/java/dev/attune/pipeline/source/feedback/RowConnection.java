package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's connection to the database, opened for the first range and kept for the others. */
final class RowConnection implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RowConnection.class);

  private final FeedbackPlan plan;
  private transient @Nullable Connection connection;

  RowConnection(FeedbackPlan plan) {
    this.plan = plan;
  }

  /**
   * Reads every row of a range, in no order.
   *
   * @throws SourceLostException if the database cannot be read
   */
  void read(RowRange range, Consumer<FeedbackRow> rows) {
    try {
      Connection open = connection;
      if (open == null) {
        open = plan.access().open();
        connection = open;
      }
      plan.query()
          .read(
              open,
              range,
              row -> {
                WorkDone.add(Kind.INPUT_BYTES, ReadFeedback.ROW_BYTES);
                rows.accept(row);
              });
    } catch (SourceException e) {
      throw new SourceLostException(String.valueOf(e.getMessage()), e);
    } catch (SQLException e) {
      close();
      throw new SourceLostException(plan.sentence(e), DatabaseFaults.withoutData(e));
    }
  }

  /** Closes the connection, if there is one. */
  void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("Closing the connection failed", e);
      }
    }
  }
}
