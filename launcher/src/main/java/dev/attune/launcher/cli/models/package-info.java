/** The commands promote, decline, rollback and models. */
@NullMarked
package dev.attune.launcher.cli.models;

import org.jspecify.annotations.NullMarked;
