package dev.attune.pipeline.source.h2;

import dev.attune.config.jdbc.H2Definition;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.SearchRow;

/**
 * Reads the definitions in an H2 file without opening the database. When H2 opens a file, even
 * read-only, it compiles and runs the Java code in it: triggers, functions, and the connections of
 * linked tables.
 */
public final class H2FileContents {
  /** The map with a row for each object of a database. */
  private static final String DEFINITIONS = "table.0";

  private static final int SQL = 3;

  private H2FileContents() {}

  /** A file that another process or connection has open, so that it cannot be inspected. */
  public static final class InUseException extends IOException {
    private static final long serialVersionUID = 1L;

    InUseException(Throwable cause) {
      super("The file is open elsewhere", cause);
    }
  }

  /**
   * Returns what in the file runs code or uses other files, such as "a trigger". Empty if nothing
   * does, or if there is no file.
   *
   * @param file the {@code .mv.db} file
   * @throws InUseException if another process has it open, or this one
   * @throws IOException if the file cannot be understood
   */
  public static Optional<String> program(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return Optional.empty();
    }
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      if (!store.hasMap(DEFINITIONS)) {
        return Optional.empty();
      }
      TransactionStore transactions = new TransactionStore(store, new ValueDataType());
      transactions.init();
      return program(transactions.begin());
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new InUseException(e);
      }
      throw new IOException(e.getMessage(), e);
    } catch (DbException
        | ClassCastException
        | IndexOutOfBoundsException
        | BufferUnderflowException e) {
      throw new IOException(e.getMessage(), e); // What H2 throws for bytes that are wrong.
    }
  }

  private static Optional<String> program(Transaction transaction) {
    TransactionMap<Long, SearchRow> definitions = transaction.openMap(DEFINITIONS);
    var keys = definitions.keyIterator(null);
    while (keys.hasNext()) {
      SearchRow row = definitions.get(keys.next());
      String found =
          row == null ? null : H2Definition.program(String.valueOf(row.getValue(SQL).getString()));
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
