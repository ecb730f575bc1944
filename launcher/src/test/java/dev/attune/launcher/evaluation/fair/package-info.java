@NullMarked
package dev.attune.launcher.evaluation.fair;

import org.jspecify.annotations.NullMarked;
