/** The commands promote, decline, rollback and models. */
@NullMarked
package dev.attune.launcher.promote;

import org.jspecify.annotations.NullMarked;
