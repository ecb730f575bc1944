package dev.attune.schema;

/** Who speaks a turn. Providers have words of their own for it; the formats translate. */
public enum Role {
  USER,
  MODEL
}
