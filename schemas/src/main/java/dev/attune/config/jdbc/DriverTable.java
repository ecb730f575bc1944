package dev.attune.config.jdbc;

import dev.attune.schema.ClassResource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads tables of the class path: cells separated by tabs, the driver first. */
final class DriverTable {
  private DriverTable() {}

  /** Returns the rows of a driver, padded with empty cells to a number of cells. */
  static List<List<String>> rows(String file, JdbcDriver driver, int cells) {
    String prefix = driver.name().toLowerCase(Locale.ROOT) + "\t";
    return ClassResource.text(DriverTable.class, file)
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> (line + "\t".repeat(cells)).split("\t", -1))
        .map(row -> Arrays.asList(row).subList(0, cells))
        .toList();
  }
}
