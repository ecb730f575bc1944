package dev.attune.pipeline.source.previous;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.Printable;
import dev.attune.schema.RulesVersion;
import dev.attune.taxonomy.Category;
import dev.attune.taxonomy.Taxonomy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a dataset was made by the rules of a configuration, as far as these decide what its
 * lines look like and how they are compared with others.
 *
 * @param directory of the dataset
 * @param manifest of the dataset
 */
record PreviousCompatibility(Place directory, DatasetManifest manifest) {
  private static final int LONGEST_VALUE = 60;

  /** Keys whose values must be equal in both effective configurations. */
  private static final List<String> KEYS = List.of("systemInstruction", "split.by");

  void require(AttuneConfig config, @Nullable Taxonomy taxonomy) throws SourceException {
    requireRules();
    DatasetConfig dataset = config.dataset();
    DatasetManifest.Identity identity = manifest.identity();
    // The name is the key under which personal ids are hashed, so ids would not be found again.
    require("dataset", identity.dataset(), dataset.dataset());
    require("task", identity.task(), key(dataset.task()));
    require("output.format", identity.format(), key(dataset.output().format()));
    for (String key : KEYS) {
      require(key, value(manifest.config(), key), value(config.effective(), key));
    }
    require("duplicates.near", config);
    if (dataset.rules().duplicates().near()) {
      require("duplicates.similarity", config);
    }
    if (taxonomy != null) {
      requireKnown(taxonomy);
    }
  }

  /** Requires that its lines were chosen and written by the current rules version. */
  private void requireRules() throws SourceException {
    Integer rules = manifest.versions().rules();
    if (rules != null && rules == RulesVersion.CURRENT) {
      return;
    }
    throw new SourceException(
        rules == null
            ? Messages.of("pipeline.previous.rules-unknown", directory, RulesVersion.CURRENT)
            : Messages.of(
                rules > RulesVersion.CURRENT
                    ? "pipeline.previous.rules-newer"
                    : "pipeline.previous.rules-older",
                directory,
                rules,
                RulesVersion.CURRENT));
  }

  private void require(String key, AttuneConfig config) throws SourceException {
    require(key, value(manifest.config(), key), value(config.effective(), key));
  }

  private void require(String key, String before, String now) throws SourceException {
    if (!before.equals(now)) {
      throw new SourceException(
          Messages.of(
              "pipeline.previous.setting-differs",
              directory,
              key,
              Printable.shortened(before, LONGEST_VALUE),
              Printable.shortened(now, LONGEST_VALUE)));
    }
  }

  private static String value(JsonNode config, String key) {
    JsonNode value = config.at("/" + key.replace('.', '/'));
    return value.isMissingNode() || value.isNull() ? "nothing" : value.asText();
  }

  private void requireKnown(Taxonomy taxonomy) throws SourceException {
    Set<String> known = new HashSet<>();
    for (Category category : taxonomy.categories()) {
      known.add(category.id());
    }
    for (Map.Entry<String, DatasetManifest.CategoryCount> category :
        manifest.categories().entrySet()) {
      long examples = category.getValue().training() + category.getValue().validation();
      if (examples > 0 && !known.contains(category.getKey())) {
        throw new SourceException(
            Messages.of(
                "pipeline.previous.category-unknown",
                directory,
                examples,
                Printable.shortened(category.getKey())));
      }
    }
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
