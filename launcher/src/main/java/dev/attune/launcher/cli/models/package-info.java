/** The commands promote, rollback and models: which model is in use, and where it comes from. */
@NullMarked
package dev.attune.launcher.cli.models;

import org.jspecify.annotations.NullMarked;
