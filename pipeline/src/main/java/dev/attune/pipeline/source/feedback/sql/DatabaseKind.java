package dev.attune.pipeline.source.feedback.sql;

import java.util.Locale;

/** The databases whose drivers ship, as far as their SQL differs. */
public enum DatabaseKind {
  POSTGRESQL {
    @Override
    public String asText(String type, String column) {
      String name = type.toLowerCase(Locale.ROOT);
      if (name.startsWith("_") || name.contains("\"_")) {
        return "array_to_string(" + column + ", ',')";
      }
      return switch (lastPart(name)) {
        case "bytea" -> "convert_from(" + column + ", 'UTF8')";
        case "money" -> "CAST(" + column + " AS numeric)";
        default -> "CAST(" + column + " AS text)";
      };
    }

    @Override
    public String insideJson(String column) {
      return column + "->>'content'";
    }

    @Override
    public String shown(String type) {
      return type.startsWith("_") ? type.substring(1) + "[]" : type;
    }
  },

  H2 {
    @Override
    public String asText(String type, String column) {
      String name = type.toUpperCase(Locale.ROOT);
      return name.startsWith("BINARY")
          ? "UTF8TOSTRING(" + column + ")"
          : "CAST(" + column + " AS VARCHAR)";
    }

    @Override
    public String insideJson(String column) {
      return "(" + column + ").\"content\"";
    }

    @Override
    public String shown(String type) {
      return type;
    }
  };

  /** Of the beginning of a JDBC URL; what is unknown is read like PostgreSQL. */
  public static DatabaseKind of(String jdbcKind) {
    return jdbcKind.equals("jdbc:h2") ? H2 : POSTGRESQL;
  }

  /**
   * The expression that makes a text of a column that is none.
   *
   * @param type its name, as the driver gives it
   * @param column quoted
   */
  public abstract String asText(String type, String column);

  /** The expression for a text inside the objects of a JSON column. */
  public abstract String insideJson(String column);

  /** A type's name as people write it. */
  public abstract String shown(String type);

  /** A type's name without its schema and without quotation marks. */
  public static String lastPart(String type) {
    String last = type.substring(type.lastIndexOf('.') + 1);
    return last.replace("\"", "");
  }
}
