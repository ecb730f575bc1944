package dev.attune.pipeline.source.feedback;

import dev.attune.config.jdbc.H2File;
import dev.attune.pipeline.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is.
 *
 * @param url for the driver
 * @param kind how it starts, e.g. {@code jdbc:postgresql}
 * @param server for sentences: host and port, or the file
 * @param database for sentences: its name; empty where the server says it all
 * @param shared whether an H2 file that another process has open is read through that process
 */
record JdbcAddress(String url, String kind, String server, String database, boolean shared)
    implements Serializable {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL_PORT = ":5432";
  private static final String FILE = "file:";
  private static final String READ_ONLY = "ACCESS_MODE_DATA=r";
  private static final String SHARED = "AUTO_SERVER=TRUE";

  /** What Attune sets itself. */
  private static final Set<String> OWN = Set.of("IFEXISTS", "ACCESS_MODE_DATA", "AUTO_SERVER");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+/[A-Za-z0-9]+");

  /** How the addresses begin that are no file. */
  private static final Set<String> NO_FILES = Set.of("mem:", "tcp:", "ssl:");

  private static final Pattern PORT = Pattern.compile(":\\d+(,|$)");

  /** Of a URL as written; a relative H2 file stands in {@code folder}. */
  static JdbcAddress of(String jdbcUrl, Path folder) throws SourceException {
    if (jdbcUrl.startsWith(POSTGRESQL)) {
      return postgresql(jdbcUrl);
    }
    if (jdbcUrl.startsWith(H2)) {
      return h2(jdbcUrl.substring(H2.length()), folder);
    }
    String plain = withoutParameters(jdbcUrl).replaceFirst("//[^/@]*@", "//");
    int kindEnd = plain.indexOf(':', "jdbc:".length());
    return new JdbcAddress(
        jdbcUrl, kindEnd < 0 ? plain : plain.substring(0, kindEnd), plain, "", false);
  }

  private static JdbcAddress postgresql(String url) {
    String rest = withoutParameters(url.substring(POSTGRESQL.length()));
    String server = "";
    String database = rest;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      server = rest.substring(2, slash < 0 ? rest.length() : slash);
      database = slash < 0 ? "" : rest.substring(slash + 1);
    }
    server = server.substring(server.indexOf('@') + 1);
    if (server.isEmpty()) {
      server = "localhost";
    }
    if (!PORT.matcher(server).find()) {
      server += POSTGRESQL_PORT;
    }
    return new JdbcAddress(url, "jdbc:postgresql", server, database, false);
  }

  /**
   * H2 would create a database that is not there; IFEXISTS stops it. A file is opened to read only,
   * so AUTO_SERVER, which would write a lock file, is looked after here: see {@link #urlOfServer}.
   */
  private static JdbcAddress h2(String rest, Path folder) throws SourceException {
    List<String> settings = new ArrayList<>(List.of(rest.split(";", -1)));
    String name = settings.remove(0);
    boolean shared = settings.stream().anyMatch(setting -> setting.equalsIgnoreCase(SHARED));
    settings.removeIf(
        setting ->
            setting.isBlank()
                || OWN.contains(setting.replaceFirst("=.*", "").toUpperCase(Locale.ROOT)));
    settings.add("IFEXISTS=TRUE");
    if (NO_FILES.stream().anyMatch(name::startsWith)) {
      return new JdbcAddress(
          H2 + name + ";" + String.join(";", settings), "jdbc:h2", name, "", false);
    }
    String path;
    try {
      path = H2File.of(name.startsWith(FILE) ? name.substring(FILE.length()) : name, folder).text();
    } catch (IllegalArgumentException e) {
      throw new SourceException("sources.feedback.jdbcUrl " + e.getMessage() + ".", e);
    }
    settings.add(READ_ONLY);
    return new JdbcAddress(
        H2 + FILE + path + ";" + String.join(";", settings), "jdbc:h2", path, "", shared);
  }

  /**
   * The URL of the process that has an H2 file open, as that process wrote it beside the file; null
   * where the configuration does not ask for it by AUTO_SERVER, or nothing is written there.
   */
  @Nullable String urlOfServer() {
    Path lock = lockFile();
    if (!shared || lock == null) {
      return null;
    }
    Properties written = new Properties();
    try (InputStream in = Files.newInputStream(lock)) {
      written.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
    String host = written.getProperty("server");
    String key = written.getProperty("id");
    return host == null || key == null || !HOST.matcher(host + "/" + key).matches()
        ? null
        : H2 + "tcp://" + host + "/" + key;
  }

  /** The lock file of an H2 file, if there is one. */
  @Nullable Path lockFile() {
    Path lock = h2File(H2File.LOCK);
    return lock != null && Files.isRegularFile(lock) ? lock : null;
  }

  /** The file that H2 keeps a database in; null where it is on a server or of another kind. */
  @Nullable Path dataFile() {
    return h2File(H2File.DATA);
  }

  private @Nullable Path h2File(String ending) {
    return url.endsWith(READ_ONLY) ? new H2File(Path.of(server)).with(ending) : null;
  }

  private static String withoutParameters(String url) {
    int end = url.length();
    for (char start : new char[] {'?', ';'}) {
      int at = url.indexOf(start);
      end = at < 0 ? end : Math.min(end, at);
    }
    return url.substring(0, end);
  }

  /** Whether it is of one of the databases whose drivers ship. */
  boolean isShipped() {
    return kind.equals("jdbc:postgresql") || kind.equals("jdbc:h2");
  }

  /** For a URL of another database. */
  String foreign() {
    return "sources.feedback.jdbcUrl is of a database that Attune has no driver for ("
        + kind
        + "); it reads PostgreSQL (jdbc:postgresql:) and H2 (jdbc:h2:), so copy the rows into one"
        + " of them, or export them to a file for sources.observations or sources.generated.";
  }

  /** For a URL that the driver of its database does not understand. */
  String malformed() {
    return "sources.feedback.jdbcUrl is not understood by the driver; write it as "
        + (kind.equals("jdbc:h2") ? "jdbc:h2:file:FILE." : "jdbc:postgresql://HOST:PORT/DATABASE.");
  }

  /** For sentences: the database and where it is. */
  String described() {
    return database.isEmpty() ? server : database + " at " + server;
  }
}
