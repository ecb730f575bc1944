/** TODO-PACKAGE dev.attune.launcher.baseline */
@NullMarked
package dev.attune.launcher.baseline;

import org.jspecify.annotations.NullMarked;
