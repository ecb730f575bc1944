/** TODO-PACKAGE dev.attune.launcher.cli.models */
@NullMarked
package dev.attune.launcher.cli.models;

import org.jspecify.annotations.NullMarked;
