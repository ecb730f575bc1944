package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.GenerationConfig.ThinkingConfig;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How little a model is told to think. Supervised tuning leaves the thinking out, so Google asks
 * for none from tuned models: the least level from Gemini 3 on, a budget of 0 for Gemini 2.5.
 * Models before that do not think and take no such setting. A base model is asked in the same way
 * as the model that was tuned from it.
 */
enum Thinking {
  LEAST_LEVEL,
  NO_BUDGET,
  NOT_SAID;

  private static final Pattern VERSION = Pattern.compile("gemini-(\\d+)(?:\\.(\\d+))?(-.*)?");

  /** ThinkingConfig.thinking_level and its MINIMAL in the service's current interface. */
  static final int LEVEL_FIELD = 4;

  static final long LEVEL_MINIMAL = 4;

  static Thinking of(String baseModel) {
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
      // The client's messages are older than the field: it travels as one that they do not know.
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
