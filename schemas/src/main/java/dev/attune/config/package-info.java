/** Loads attune.yaml into records and reports every fault at once with its line. */
@NullMarked
package dev.attune.config;

import org.jspecify.annotations.NullMarked;
