package dev.attune.models;

/**
 * Which model it is. Models with different identities share no kept answers.
 *
 * @param provider of the API, e.g. {@code gemini}
 * @param model the provider's name of the model, or the endpoint of a tuned model
 * @param address host, or project and location; without secrets
 * @param family models of one family may prefer each other's answers, e.g. {@code gpt}
 */
public record ModelIdentity(String provider, String model, String address, String family) {}
