package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.place.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The input files that an attune.yaml names, with their lines. Also available for a file with
 * faults, so that faults of the input files can be reported together with its own.
 */
public final class NamedFiles {
  private static final List<String> COLUMNS =
      List.of("id", "group", "text", "categories", "media", "createdAt");
  private static final String ENV_FILE = "/promotion/envFile";
  private static final String OBSERVATIONS = "/sources/observations";

  private final ConfigTree config;
  private final String place;
  private final Place folder;

  NamedFiles(ConfigTree config, String place, Place folder) {
    this.config = config;
    this.place = place;
    this.folder = folder;
  }

  /**
   * A text of the configuration.
   *
   * @param line from 1
   * @param key its JSON pointer
   */
  public record Named(String text, int line, String key) {
    /** Creates a fault of the file or column that the text names. */
    public ConfigFault fault(String sentence) {
      return new ConfigFault(line, key, sentence);
    }
  }

  /** Returns the path of attune.yaml as the user wrote it. */
  public String place() {
    return place;
  }

  /** Returns the folder of attune.yaml. */
  public Place folder() {
    return folder;
  }

  public @Nullable Named taxonomy() {
    return named("/taxonomy");
  }

  /** Returns the pattern of the improvement files, or null. */
  public @Nullable Named improvements() {
    return named("/sources/feedback/improvements");
  }

  /** Returns whether Attune writes the improvement files, so that there may be none yet. */
  public boolean awaitsImprovements() {
    return config.at("/improvement").isObject();
  }

  /** Returns the patterns of the observation files. */
  public List<Named> observations() {
    return all(OBSERVATIONS + "/files");
  }

  /** Returns the patterns of the files of generated samples. */
  public List<Named> generated() {
    return all("/sources/generated/files");
  }

  /**
   * Returns the columns of observations in the order id, group, text, categories, media, createdAt;
   * null for those not mapped.
   */
  public List<@Nullable Named> columns() {
    List<@Nullable Named> columns = new ArrayList<>();
    COLUMNS.forEach(column -> columns.add(named(OBSERVATIONS + "/columns/" + column)));
    return columns;
  }

  /** Returns the separator of CSV columns, or null if the configured one is invalid. */
  public @Nullable Character separator() {
    String text = config.at(OBSERVATIONS + "/separator").asText(",");
    return ConfigRules.isSeparator(text) ? (Character) text.charAt(0) : null;
  }

  /** Returns the env file of a promotion or its default, or null if the key has a fault. */
  public @Nullable Named envFile() {
    if (config.at(ENV_FILE).isMissingNode()) {
      return new Named(ConfigSchema.defaultText(ENV_FILE), config.line(ENV_FILE), ENV_FILE);
    }
    return named(ENV_FILE);
  }

  /** Returns the keys about tuning. */
  public NamedTuning tuning() {
    return new NamedTuning(config, named("/tuning/baseModel"), named("/tuning/baseModels"));
  }

  private List<Named> all(String pointer) {
    return IntStream.range(0, config.at(pointer).size())
        .mapToObj(i -> named(pointer + "/" + i))
        .filter(Objects::nonNull)
        .toList();
  }

  private @Nullable Named named(String pointer) {
    JsonNode value = config.at(pointer);
    return value.isTextual() && !value.textValue().isBlank()
        ? new Named(value.textValue(), config.line(pointer), pointer)
        : null;
  }
}
