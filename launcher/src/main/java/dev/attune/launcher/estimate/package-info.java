/**
 * Estimates the cost of tuning on a dataset: tokens by a named method, times epochs, times a dated
 * price. The command estimate prints it; tune compares it with the cost cap.
 */
@NullMarked
package dev.attune.launcher.estimate;

import org.jspecify.annotations.NullMarked;
