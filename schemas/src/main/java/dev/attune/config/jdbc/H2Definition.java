package dev.attune.config.jdbc;

import dev.attune.config.jdbc.SqlWords.Word;
import dev.attune.message.Messages;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the statements by which an H2 file defines its objects. H2 executes all of them when it
 * opens the file, so only kinds that run no code are accepted.
 */
public final class H2Definition {
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "TRIGGER", "a trigger",
          "ALIAS", "a Java function (CREATE ALIAS)",
          "AGGREGATE", "a Java aggregate function",
          "LINKED", "a linked table");

  private static final Set<String> PLAIN =
      Set.of(
          "TABLE",
          "VIEW",
          "INDEX",
          "KEY",
          "SEQUENCE",
          "USER",
          "ROLE",
          "SCHEMA",
          "CONSTANT",
          "DOMAIN",
          "SYNONYM");

  private static final Set<String> BESIDE_CREATE = Set.of("ALTER", "GRANT", "COMMENT", "SET");
  private static final Set<String> CLASSES =
      Set.of("DATABASE_EVENT_LISTENER", "JAVA_OBJECT_SERIALIZER", "AUTHENTICATOR");

  private H2Definition() {}

  /** Returns what in a statement runs code or uses other files, for a sentence, or null. */
  public static @Nullable String program(String sql) {
    List<Word> words = SqlWords.of(sql, JdbcDriver.H2, false);
    String first = words.isEmpty() ? "" : words.get(0).text();
    String found = first.equals("CREATE") ? created(words) : null;
    if (found != null) {
      return found;
    }
    if (!first.equals("CREATE") && !BESIDE_CREATE.contains(first)) {
      return Messages.of("schemas.h2.no-definition");
    }
    for (int i = 1; i < words.size(); i++) {
      Word word = words.get(i);
      Word before = words.get(i - 1);
      if (before.is(";")) {
        return Messages.of("schemas.h2.several");
      }
      if (before.is("ENGINE") && word.quoted()) {
        return Messages.of("schemas.h2.engine");
      }
      if (before.is("SET") && i == 1 && CLASSES.contains(word.text())) {
        return Messages.of("schemas.h2.setting", word.text());
      }
    }
    List<String> calls = QueryRules.functions(sql, JdbcDriver.H2);
    return calls.isEmpty() ? null : Messages.of("schemas.h2.call", String.join(", ", calls));
  }

  /** Checks the words before the name, which H2 writes in quotation marks. */
  private static @Nullable String created(List<Word> words) {
    for (Word word : words) {
      String program = word.quoted() ? null : PROGRAMS.get(word.text());
      if (program != null) {
        return program;
      }
      if (word.quoted() || PLAIN.contains(word.text())) {
        return word.quoted() ? Messages.of("schemas.h2.unknown") : null;
      }
    }
    return Messages.of("schemas.h2.unknown");
  }
}
