package dev.attune.config.textmodel;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code spending} of attune.yaml.
 *
 * @param maxCostUsd the most that one command may spend on all models together, or null
 */
public record SpendingConfig(@Nullable BigDecimal maxCostUsd) {}
