package dev.attune.format.provider;

import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.gemini.GeminiFormat;
import dev.attune.format.openai.OpenAiFormat;

/** Creates the format that attune.yaml names. */
public final class ExampleFormats {
  private ExampleFormats() {}

  /** Returns the implementation of a format. */
  public static ExampleFormat of(OutputFormat format) {
    return switch (format) {
      case GEMINI -> new GeminiFormat();
      case OPENAI -> new OpenAiFormat();
    };
  }
}
