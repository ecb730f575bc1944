package dev.attune.config.textmodel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.message.Messages;
import dev.attune.schema.NearestName;
import java.util.ArrayList;
import java.util.List;

/** Checks the section {@code improvement} against the sections that it refers to. */
public final class ImprovementRules {
  private static final String SECTION = "/improvement";

  private final JsonNode config;
  private final List<TextModelRules.Fault> faults = new ArrayList<>();

  private ImprovementRules(JsonNode config) {
    this.config = config;
  }

  /**
   * Returns the faults of the section, which may be missing. Their pointers begin at the root.
   *
   * @param config the whole of attune.yaml
   */
  public static List<TextModelRules.Fault> faults(JsonNode config) {
    ImprovementRules rules = new ImprovementRules(config);
    if (config.at(SECTION).isObject()) {
      rules.check();
    }
    return rules.faults;
  }

  private void check() {
    model(SECTION + "/model");
    model(SECTION + "/judge");
    if (!config.at("/sources/feedback").isObject()) {
      fault(SECTION, Messages.of("schemas.config.improvement-without-feedback"));
    } else if (config.at("/sources/feedback/improvements").isMissingNode()) {
      fault(
          SECTION,
          Messages.of("schemas.config.improvement-without-files", ImprovementConfig.DEFAULT_FILES));
    }
  }

  private void model(String pointer) {
    JsonNode named = config.at(pointer);
    JsonNode models = config.at("/models");
    if (!named.isTextual() || models.has(named.textValue())) {
      return;
    }
    List<String> known = new ArrayList<>();
    models.fieldNames().forEachRemaining(known::add);
    String name = named.textValue();
    fault(
        pointer,
        NearestName.of(name, known)
            .map(near -> Messages.of("schemas.config.improvement-model-near", name, near))
            .orElseGet(() -> Messages.of("schemas.config.improvement-model", name)));
  }

  private void fault(String pointer, String sentence) {
    faults.add(new TextModelRules.Fault(pointer, sentence));
  }
}
