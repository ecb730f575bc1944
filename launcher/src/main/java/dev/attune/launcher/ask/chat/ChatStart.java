package dev.attune.launcher.ask.chat;

import dev.attune.models.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * How a chat begins.
 *
 * @param model as typed
 * @param system the system instruction, or null
 * @param sampling settings of answers
 */
public record ChatStart(String model, @Nullable String system, Sampling sampling) {}
