/** TODO-PACKAGE dev.attune.launcher.cli */
@NullMarked
package dev.attune.launcher.cli;

import org.jspecify.annotations.NullMarked;
