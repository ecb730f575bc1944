package dev.attune.pipeline.source.feedback.connect;

import dev.attune.config.jdbc.CloudSqlInstance;
import dev.attune.config.jdbc.H2File;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
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
 * The address of a database.
 *
 * @param url for the driver
 * @param kind its prefix, such as {@code jdbc:postgresql}
 * @param server for sentences: host and port, the Cloud SQL instance, or the file
 * @param database for sentences: its name, or empty if the server identifies it
 * @param shared whether an H2 file that another process has open is read through that process
 */
public record JdbcAddress(String url, String kind, String server, String database, boolean shared)
    implements Serializable {
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL_PORT = ":5432";
  private static final String FILE = "file:";
  private static final String READ_ONLY = "ACCESS_MODE_DATA=r";
  private static final String SHARED = "AUTO_SERVER=TRUE";

  /** Settings that Attune sets itself. */
  private static final Set<String> OWN = Set.of("IFEXISTS", "ACCESS_MODE_DATA", "AUTO_SERVER");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+/[A-Za-z0-9]+");

  /** Prefixes of addresses that are not files. */
  private static final Set<String> NO_FILES = Set.of("mem:", "tcp:", "ssl:");

  private static final Pattern PORT = Pattern.compile(":\\d+(,|$)");

  /** Parses a URL as configured; a relative H2 file is relative to {@code folder}. */
  public static JdbcAddress of(String jdbcUrl, Place folder) throws SourceException {
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
    CloudSqlInstance instance = CloudSqlInstance.of(url);
    String server = "";
    String database = rest;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      server = rest.substring(2, slash < 0 ? rest.length() : slash);
      database = slash < 0 ? "" : rest.substring(slash + 1);
    }
    if (instance != null) {
      return new JdbcAddress(url, "jdbc:postgresql", instance.shown(), database, false);
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
   * Parses an H2 URL. Adds IFEXISTS, without which H2 creates missing databases, and opens files
   * read-only. AUTO_SERVER, which would write a lock file, is replaced by {@link #urlOfServer}.
   */
  private static JdbcAddress h2(String rest, Place folder) throws SourceException {
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
    String path = name.startsWith(FILE) ? name.substring(FILE.length()) : name;
    if (!(folder instanceof LocalPlace) && !path.startsWith("/")) {
      throw new SourceException(Messages.of("pipeline.database.h2-beside-bucket", folder));
    }
    Path base = folder instanceof LocalPlace local ? local.path() : Path.of("/");
    try {
      path = H2File.of(path, base).text();
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          Messages.of("pipeline.database.url-file", String.valueOf(e.getMessage())), e);
    }
    settings.add(READ_ONLY);
    return new JdbcAddress(
        H2 + FILE + path + ";" + String.join(";", settings), "jdbc:h2", path, "", shared);
  }

  /**
   * Returns the URL of the process that has an H2 file open, which that process wrote into the lock
   * file; null if AUTO_SERVER is not configured, or if there is no such URL.
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

  /** Returns the existing lock file of an H2 file, or null. */
  @Nullable Path lockFile() {
    Path lock = h2File(H2File.LOCK);
    return lock != null && Files.isRegularFile(lock) ? lock : null;
  }

  /** Returns the file of an H2 database; null for a server or another kind of database. */
  @Nullable Path dataFile() {
    return h2File(H2File.DATA);
  }

  private @Nullable Path h2File(String ending) {
    return url.endsWith(READ_ONLY) ? new H2File(Path.of(server)).with(ending) : null;
  }

  private static String withoutParameters(String url) {
    return url.split("[?;]", 2)[0];
  }

  /** Returns whether Attune includes the database's driver. */
  boolean isShipped() {
    return kind.equals("jdbc:postgresql") || kind.equals("jdbc:h2");
  }

  /** Returns the sentence for a URL of another database. */
  String foreign() {
    return Messages.of("pipeline.database.url-foreign", kind);
  }

  /** Returns the sentence for a URL that its driver does not understand. */
  String malformed() {
    return Messages.of(
        "pipeline.database.url-malformed",
        kind.equals("jdbc:h2") ? "jdbc:h2:file:FILE" : "jdbc:postgresql://HOST:PORT/DATABASE");
  }

  /** Returns the database and its server, for sentences. */
  public String described() {
    return database.isEmpty() ? server : database + " at " + server;
  }
}
