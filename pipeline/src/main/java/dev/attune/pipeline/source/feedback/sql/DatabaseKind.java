package dev.attune.pipeline.source.feedback.sql;

import java.util.Locale;

/** The supported databases, with the differences in their SQL. */
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

  /** Returns the database of a JDBC URL's prefix; PostgreSQL if it is unknown. */
  public static DatabaseKind of(String jdbcKind) {
    return jdbcKind.equals("jdbc:h2") ? H2 : POSTGRESQL;
  }

  /**
   * Returns the expression that converts a column to text.
   *
   * @param type its name, as the driver gives it
   * @param column quoted
   */
  public abstract String asText(String type, String column);

  /** Returns an expression for a text in the objects of a JSON column. */
  public abstract String insideJson(String column);

  /** Returns a type's name as people write it. */
  public abstract String shown(String type);

  /** Returns a type's name without its schema and quotation marks. */
  public static String lastPart(String type) {
    String last = type.substring(type.lastIndexOf('.') + 1);
    return last.replace("\"", "");
  }
}
