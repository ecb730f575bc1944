package dev.attune.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The messages of Attune. Each module has one catalogue: a folder {@code
 * dev/attune/message/<module>} with a file of properties for each group of messages.
 *
 * <p>An entry declares its parameters like a method, so that a sentence may name them in any order:
 *
 * <pre>
 * heading = A dataset to build on
 *
 * line-counts(directory) = {directory}/manifest.json ...: take another dataset.
 * line-counts.cause = The manifest was edited or damaged.
 * line-counts.cure = Name another dataset.
 * </pre>
 *
 * <p>An entry without cause and cure is part of other sentences, and docs/errors.md does not list
 * it. MessageCataloguesTest in bench compares every call with the catalogues and writes that page.
 */
public final class Messages {
  private static final Pattern KEY = Pattern.compile("([a-z0-9.-]+)(?:\\(([a-zA-Z0-9,]*)\\))?");
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z0-9]+)}");
  private static final Map<String, Map<String, Entry>> GROUPS = new ConcurrentHashMap<>();

  private Messages() {}

  /**
   * An entry of a catalogue.
   *
   * @param parameters names in the order of a call's arguments
   * @param text the sentence, with each name in braces where its argument goes
   * @param cause why it happens; null for a heading or a part of other sentences
   * @param cure what to do; null together with cause
   */
  public record Entry(
      List<String> parameters, String text, @Nullable String cause, @Nullable String cure) {
    private String fill(String key, @Nullable Object[] arguments) {
      if (arguments.length != parameters.size()) {
        throw new IllegalArgumentException(key + " takes " + parameters);
      }
      return PLACE
          .matcher(text)
          .replaceAll(
              place ->
                  Matcher.quoteReplacement(
                      String.valueOf(arguments[parameters.indexOf(place.group(1))])));
    }
  }

  /**
   * Returns a message.
   *
   * @param key module, group and name, such as {@code pipeline.previous.line-counts}
   * @param arguments values of the entry's parameters, in their order; never a secret or the text
   *     of a record
   * @throws IllegalArgumentException if the catalogue has no such entry, or its number of
   *     parameters differs
   */
  public static String of(String key, @Nullable Object... arguments) {
    String[] names = key.split("\\.", 3);
    Entry entry = names.length < 3 ? null : group(names[0], names[1]).get(names[2]);
    if (entry == null) {
      throw new IllegalArgumentException("no message " + key);
    }
    return entry.fill(key, arguments);
  }

  /** Returns the entries of a group by their names, sorted. */
  public static Map<String, Entry> group(String module, String group) {
    return GROUPS.computeIfAbsent(module + "/" + group + ".properties", Messages::load);
  }

  private static Map<String, Entry> load(String file) {
    Properties lines = new Properties();
    try (InputStream in = Messages.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no messages in " + file);
      }
      lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Entry> entries = new TreeMap<>();
    for (String line : lines.stringPropertyNames()) {
      if (line.endsWith(".cause") || line.endsWith(".cure")) {
        continue;
      }
      Matcher declaration = KEY.matcher(line);
      if (!declaration.matches()) {
        throw new IllegalArgumentException(file + ": not a key: " + line);
      }
      String key = declaration.group(1);
      String names = declaration.group(2);
      entries.put(
          key,
          new Entry(
              names == null || names.isEmpty() ? List.of() : List.of(names.split(",", -1)),
              lines.getProperty(line),
              lines.getProperty(key + ".cause"),
              lines.getProperty(key + ".cure")));
    }
    return entries;
  }
}
