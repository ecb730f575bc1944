package dev.attune.config;

import org.jspecify.annotations.Nullable;

/**
 * The section {@code ledger} of attune.yaml.
 *
 * @param jdbcUrl an H2 file or PostgreSQL, as written; {@code ~} is the user's home, another
 *     relative path is relative to the folder of attune.yaml
 * @param username or null
 * @param passwordEnv name of the environment variable with the password, or null
 * @param passwordSecret {@code projects/P/secrets/S/versions/V}, or null
 */
public record LedgerConfig(
    String jdbcUrl,
    @Nullable String username,
    @Nullable String passwordEnv,
    @Nullable String passwordSecret) {}
