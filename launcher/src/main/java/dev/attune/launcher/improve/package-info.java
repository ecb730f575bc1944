/**
 * {@code attune improve}: asks a model for better answers to low-rated feedback, checks them, and
 * writes them where {@code prepare} reads them. Which rows are asked for is a pipeline's job.
 */
@NullMarked
package dev.attune.launcher.improve;

import org.jspecify.annotations.NullMarked;
