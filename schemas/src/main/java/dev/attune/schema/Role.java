package dev.attune.schema;

/** Speaker of a turn. The formats translate it to the provider's word. */
public enum Role {
  USER,
  MODEL
}
