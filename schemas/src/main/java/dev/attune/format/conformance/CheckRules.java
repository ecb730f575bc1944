package dev.attune.format.conformance;

import dev.attune.catalog.BaseModels;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a check.
 *
 * @param baseModel the model to tune, or null for the limits of the format
 * @param answers checks the answers, or null
 * @param today the date for the end of base models
 * @param models the known base models
 */
public record CheckRules(
    @Nullable String baseModel, @Nullable AnswerRule answers, LocalDate today, BaseModels models) {}
