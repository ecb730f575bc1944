package dev.attune.launcher.evaluation.fair;

/**
 * A tuned model that is compared.
 *
 * @param title role and id, e.g. {@code the champion 3fa9c1d2e4b5-1}
 * @param dataset fingerprint of the dataset that it was tuned on, {@code sha256:} and 64 hex digits
 */
public record ComparedModel(String title, String dataset) {}
