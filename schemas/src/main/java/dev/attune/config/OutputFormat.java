package dev.attune.config;

/** Whose JSONL the dataset is written in. */
public enum OutputFormat {
  GEMINI,
  OPENAI
}
