package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import dev.attune.schema.NearestName;
import java.util.ArrayList;
import java.util.List;

/** Checks the section {@code improvement} against the sections that it refers to. */
final class ImprovementRules {
  private static final String SECTION = "/improvement";

  private ImprovementRules() {}

  /** Adds to the tree every fault that these rules find. */
  static void check(ConfigTree config) {
    if (!config.at(SECTION).isObject()) {
      return;
    }
    model(config, SECTION + "/model");
    model(config, SECTION + "/judge");
    if (!config.at("/sources/feedback").isObject()) {
      config.fault(SECTION, Messages.of("schemas.config.improvement-without-feedback"));
    } else if (config.at("/sources/feedback/improvements").isMissingNode()) {
      config.fault(
          SECTION,
          Messages.of("schemas.config.improvement-without-files", ImprovementConfig.DEFAULT_FILES));
    }
  }

  private static void model(ConfigTree config, String pointer) {
    JsonNode named = config.at(pointer);
    JsonNode models = config.at("/models");
    if (!named.isTextual() || models.has(named.textValue())) {
      return;
    }
    List<String> known = new ArrayList<>();
    models.fieldNames().forEachRemaining(known::add);
    String name = named.textValue();
    config.fault(
        pointer,
        NearestName.of(name, known)
            .map(near -> Messages.of("schemas.config.improvement-model-near", name, near))
            .orElseGet(() -> Messages.of("schemas.config.improvement-model", name)));
  }
}
