package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of input that an attune.yaml names, with the lines where it does: as far as it can be
 * read, so that what is wrong with them can be told together with its own faults.
 *
 * @param place attune.yaml, as it was named
 * @param folder its folder
 * @param taxonomy or null
 * @param improvements a pattern, or null
 * @param observations patterns
 * @param generated patterns
 * @param columns of observations in the order id, group, text, categories, media, createdAt; null
 *     for those not mapped
 * @param separator of CSV columns, or null where it is none
 * @param envFile the file whose line a promotion sets; that of the default where none is named;
 *     null where no file can be meant
 * @param tuning what it says about tuning, whose files are read by whoever tunes
 */
public record NamedFiles(
    String place,
    Path folder,
    @Nullable Named taxonomy,
    @Nullable Named improvements,
    List<Named> observations,
    List<Named> generated,
    List<@Nullable Named> columns,
    @Nullable Character separator,
    @Nullable Named envFile,
    NamedTuning tuning) {
  private static final List<String> COLUMNS =
      List.of("id", "group", "text", "categories", "media", "createdAt");
  private static final String ENV_FILE = "/promotion/envFile";
  private static final String OBSERVATIONS = "/sources/observations";

  /**
   * A text of the configuration.
   *
   * @param line from 1
   * @param key its JSON pointer
   */
  public record Named(String text, int line, String key) {
    /** What is wrong with what it names. */
    public ConfigFault fault(String sentence) {
      return new ConfigFault(line, key, sentence);
    }
  }

  static NamedFiles of(YamlTree config, String place, Path folder) {
    List<@Nullable Named> columns = new ArrayList<>();
    for (String column : COLUMNS) {
      columns.add(named(config, OBSERVATIONS + "/columns/" + column));
    }
    return new NamedFiles(
        place,
        folder,
        named(config, "/taxonomy"),
        named(config, "/sources/feedback/improvements"),
        all(config, OBSERVATIONS + "/files"),
        all(config, "/sources/generated/files"),
        columns,
        separator(config.root().at(OBSERVATIONS + "/separator")),
        envFile(config),
        NamedTuning.of(config));
  }

  private static @Nullable Named envFile(YamlTree config) {
    if (config.root().at(ENV_FILE).isMissingNode()) {
      return new Named(ConfigSchema.defaultText(ENV_FILE), config.line(ENV_FILE), ENV_FILE);
    }
    Named named = named(config, ENV_FILE);
    return named == null || named.text().startsWith("gs://") ? null : named;
  }

  private static List<Named> all(YamlTree config, String pointer) {
    List<Named> all = new ArrayList<>();
    for (int i = 0; i < config.root().at(pointer).size(); i++) {
      Named one = named(config, pointer + "/" + i);
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  static @Nullable Named named(YamlTree config, String pointer) {
    JsonNode value = config.root().at(pointer);
    return value.isTextual() && !value.textValue().isBlank()
        ? new Named(value.textValue(), config.line(pointer), pointer)
        : null;
  }

  private static @Nullable Character separator(JsonNode value) {
    if (value.isMissingNode()) {
      return ',';
    }
    return value.isTextual() && ConfigRules.isSeparator(value.textValue())
        ? (Character) value.textValue().charAt(0)
        : null;
  }
}
