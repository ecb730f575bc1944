package dev.attune.catalog;

import dev.attune.config.OutputFormat;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model that can or could be tuned.
 *
 * @param name the provider's
 * @param format what its training files are written in
 * @param limits what it takes
 * @param retiredOn the day it was or will be retired, or null where none is announced
 * @param refusesFunctionCalls whether tuning is known to refuse function calls in examples
 * @param source where this is written
 * @param checkedOn the day somebody looked
 */
public record BaseModel(
    String name,
    OutputFormat format,
    ExampleLimits limits,
    @Nullable LocalDate retiredOn,
    boolean refusesFunctionCalls,
    String source,
    LocalDate checkedOn) {}
