/**
 * What tuning on a dataset would cost: tokens by a method with a name, times epochs, times a price
 * with a date. The command estimate prints it; tune holds it against the cost cap.
 */
@NullMarked
package dev.attune.launcher.estimate;

import org.jspecify.annotations.NullMarked;
