package dev.attune.models;

/**
 * Content in a context cache of the provider, which precedes the turns of a request.
 *
 * @param name the provider's name of the cache
 * @param contentHash SHA-256 of the content, or its beginning. Kept answers are found by it, so
 *     that they are found again after the cache was created anew with the same content
 * @param tokens of the content, as the provider counts them
 */
public record CachedPrefix(String name, String contentHash, long tokens) {}
