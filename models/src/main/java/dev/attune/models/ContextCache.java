package dev.attune.models;

import java.time.Instant;

/**
 * A context cache as its provider lists it. The content is not among what the provider tells.
 *
 * @param name the provider's name of the cache
 * @param label the text that was given at its creation; empty if there is none
 * @param tokens of the content, as the provider counts them
 * @param createdAt when it was created
 * @param expiresAt when the provider deletes it
 */
public record ContextCache(
    String name, String label, long tokens, Instant createdAt, Instant expiresAt) {}
