/**
 * attune.yaml: its shape as records, and the loader that reports every fault at once with its line.
 */
@NullMarked
package dev.attune.config;

import org.jspecify.annotations.NullMarked;
