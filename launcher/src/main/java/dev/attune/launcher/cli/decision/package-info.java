/** The commands promote, decline, rollback and models. */
@NullMarked
package dev.attune.launcher.cli.decision;

import org.jspecify.annotations.NullMarked;
