package dev.attune.config.jdbc;

import dev.attune.config.jdbc.SqlWords.Word;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a query of feedback is one SELECT and calls no function that works on files or other
 * databases; query-words.tsv lists those functions. Does not see what a view or a stored function
 * of the database does: the rights of the database user apply there.
 */
public final class QueryRules {
  private static final int COLUMNS = 4;
  private static final Set<String> BEGINNINGS = Set.of("SELECT", "WITH", "VALUES", "TABLE", "FROM");
  private static final Set<String> DELTA = Set.of("FINAL", "NEW", "OLD");

  /** {@code $$} and {@code $tag$}, anywhere. */
  private static final Pattern DOLLARS =
      Pattern.compile("\\$(?:[A-Za-z_[^\\x00-\\x7f]][A-Za-z0-9_[^\\x00-\\x7f]]*)?\\$");

  private QueryRules() {}

  /** Returns a sentence for each fault. */
  public static List<String> faults(String query, JdbcDriver driver) {
    if (DOLLARS.matcher(query).find()) {
      return List.of(Messages.of("schemas.query.dollars"));
    }
    Map<String, String> functions = functions(driver);
    Set<String> faults = new LinkedHashSet<>();
    for (boolean other : new boolean[] {false, true}) {
      faults.addAll(faults(SqlWords.of(query, driver, other), functions, driver));
    }
    return List.copyOf(faults);
  }

  /** Returns the refused functions that a text of SQL calls, e.g. the definition of a view. */
  public static List<String> functions(String sql, JdbcDriver driver) {
    Map<String, String> functions = functions(driver);
    Set<String> called = new TreeSet<>();
    for (String text : List.of(sql, DOLLARS.matcher(sql).replaceAll(" "))) {
      for (boolean other : new boolean[] {false, true}) {
        List<Word> words = SqlWords.of(text, driver, other);
        for (int i = 0; i + 1 < words.size(); i++) {
          if (does(words.get(i), functions) != null && words.get(i + 1).is("(")) {
            called.add(functionName(words.get(i), driver));
          }
        }
      }
    }
    return List.copyOf(called);
  }

  private static Map<String, String> functions(JdbcDriver driver) {
    return DriverTable.rows("query-words.tsv", driver, COLUMNS).stream()
        .collect(Collectors.toMap(row -> row.get(1).toUpperCase(Locale.ROOT), row -> row.get(3)));
  }

  /** Returns what a refused function does, or null if the function is allowed. */
  private static @Nullable String does(Word word, Map<String, String> functions) {
    String name = word.text();
    String exact = functions.get(name);
    if (exact != null) {
      return exact;
    }
    for (int end = name.length(); end > 0; end--) {
      String family = functions.get(name.substring(0, end) + "*");
      if (family != null) {
        return family;
      }
    }
    return null;
  }

  private static List<String> faults(
      List<Word> words, Map<String, String> functions, JdbcDriver driver) {
    List<String> faults = new ArrayList<>();
    Word first = words.stream().filter(word -> !word.is("(")).findFirst().orElse(null);
    if (first != null && !BEGINNINGS.contains(first.text())) {
      faults.add(Messages.of("schemas.query.beginning", shown(first)));
    }
    for (int i = 0; i + 1 < words.size(); i++) {
      Word word = words.get(i);
      Word next = words.get(i + 1);
      if (word.is(";")) {
        faults.add(Messages.of("schemas.query.second", shown(next)));
        break;
      }
      String does = does(word, functions);
      if (does != null && next.is("(")) {
        faults.add(Messages.of("schemas.query.function", functionName(word, driver), does));
      }
      if (driver == JdbcDriver.H2 && next.is("TABLE") && DELTA.contains(word.text())) {
        faults.add(Messages.of("schemas.query.delta", word.text()));
      }
    }
    return faults;
  }

  private static String shown(Word word) {
    return Printable.shortened(word.text());
  }

  /** Returns the name as written in the documentation of the database. */
  private static String functionName(Word word, JdbcDriver driver) {
    return driver == JdbcDriver.H2 ? shown(word) : shown(word).toLowerCase(Locale.ROOT);
  }
}
