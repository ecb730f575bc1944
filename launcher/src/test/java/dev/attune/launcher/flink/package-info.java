/** Prepare on a Flink cluster of processes. */
@NullMarked
package dev.attune.launcher.flink;

import org.jspecify.annotations.NullMarked;
