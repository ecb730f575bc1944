package dev.attune.format.conformance;

import dev.attune.catalog.BaseModels;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a check goes by, whatever the file.
 *
 * @param baseModel the model that shall be tuned, or null: the limits are those of the format
 * @param answers knows the categories; null where answers are not to be read
 * @param today for the end of base models
 * @param models that are known
 */
public record CheckRules(
    @Nullable String baseModel, @Nullable AnswerRule answers, LocalDate today, BaseModels models) {}
