package dev.attune.models;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function that a model may call.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param description for the model
 * @param arguments JSON Schema of an object
 */
public record ToolDefinition(String name, String description, JsonNode arguments) {}
