package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.GenerationConfig.ThinkingConfig;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The setting that minimizes the thinking of a model. Tuned models are not trained to think, so
 * Google recommends the least level from Gemini 3 on, and a budget of 0 for Gemini 2.5. Older
 * models have no such setting. A base model gets the same setting as a model that was tuned from
 * it.
 */
enum ThinkingSetting {
  LEAST_LEVEL,
  NO_BUDGET,
  NOT_SAID;

  private static final Pattern VERSION = Pattern.compile("gemini-(\\d+)(?:\\.(\\d+))?(-.*)?");

  /** ThinkingConfig.thinking_level and its MINIMAL in the service's current interface. */
  static final int LEVEL_FIELD = 4;

  static final long LEVEL_MINIMAL = 4;

  static ThinkingSetting of(String baseModel) {
    Matcher version = VERSION.matcher(baseModel);
    if (!version.matches()) {
      return NOT_SAID;
    }
    int major = Integer.parseInt(version.group(1));
    if (major >= 3) {
      return LEAST_LEVEL;
    }
    return major == 2 && "5".equals(version.group(2)) ? NO_BUDGET : NOT_SAID;
  }

  Optional<ThinkingConfig> config() {
    return switch (this) {
      // The client's messages are older than the field, so it is set as an unknown field.
      case LEAST_LEVEL ->
          Optional.of(
              ThinkingConfig.newBuilder()
                  .setUnknownFields(
                      UnknownFieldSet.newBuilder()
                          .addField(
                              LEVEL_FIELD, Field.newBuilder().addVarint(LEVEL_MINIMAL).build())
                          .build())
                  .build());
      case NO_BUDGET -> Optional.of(ThinkingConfig.newBuilder().setThinkingBudget(0).build());
      case NOT_SAID -> Optional.empty();
    };
  }
}
