package dev.attune.config;

/** The provider format of a dataset. */
public enum OutputFormat {
  GEMINI,
  OPENAI
}
