package dev.attune.config.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A table beside this class: cells between tabs, the driver first; lines with # are comments. */
final class DriverTable {
  private DriverTable() {}

  /** The rows of one driver, each with so many cells; those missing at the end are empty. */
  static List<List<String>> rows(String file, JdbcDriver driver, int cells) {
    String prefix = driver.name().toLowerCase(Locale.ROOT) + "\t";
    try (InputStream in = DriverTable.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith(prefix))
          .map(line -> (line + "\t".repeat(cells)).split("\t", -1))
          .map(row -> Arrays.asList(row).subList(0, cells))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
