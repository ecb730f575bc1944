/** The commands promote, rollback and models: which model is in use, and where it comes from. */
@NullMarked
package dev.attune.launcher.promote;

import org.jspecify.annotations.NullMarked;
