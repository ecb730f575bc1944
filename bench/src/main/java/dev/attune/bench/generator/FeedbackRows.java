package dev.attune.bench.generator;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

/** Writes feedback to a table of an H2 database. */
final class FeedbackRows {
  private static final int BATCH = 5_000;

  private final RecordContent content;

  FeedbackRows(RecordContent content) {
    this.content = content;
  }

  /**
   * Writes the rows of a range of records.
   *
   * @param from the first record
   * @param to the record after the last one
   * @return the size of the texts in bytes
   */
  long write(Path database, int from, int to) throws SQLException {
    long bytes = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + database, "sa", "");
        Statement create = connection.createStatement()) {
      create.execute(
          "CREATE TABLE feedback (seq BIGINT PRIMARY KEY, id VARCHAR, user_id VARCHAR, prompt"
              + " VARCHAR, response VARCHAR, rating INT, comment VARCHAR, created_at VARCHAR)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (int record = from; record < to; record++) {
          bytes += bind(insert, record);
          insert.addBatch();
          if ((record - from) % BATCH == BATCH - 1) {
            insert.executeBatch();
            connection.commit();
          }
        }
        insert.executeBatch();
        connection.commit();
      }
    }
    return bytes;
  }

  private long bind(PreparedStatement insert, int record) throws SQLException {
    RecordKind kind = content.kind(record);
    String prompt = kind == RecordKind.NO_TEXT ? "" : content.text(record);
    String response = String.join(", ", content.categories(record));
    boolean low = kind == RecordKind.NO_COMMENT || kind == RecordKind.NOT_IMPROVED;
    insert.setLong(1, record);
    insert.setString(2, content.id(record));
    insert.setString(3, content.child(record));
    insert.setString(4, prompt);
    insert.setString(5, response);
    if (kind == RecordKind.NO_RATING) {
      insert.setNull(6, Types.INTEGER);
    } else {
      insert.setInt(6, kind == RecordKind.NEUTRAL ? 3 : low ? 1 + record % 2 : 4 + record % 2);
    }
    insert.setString(7, kind == RecordKind.NOT_IMPROVED ? "This is something else." : null);
    insert.setString(8, content.time(record));
    return utf8(prompt) + utf8(response);
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
