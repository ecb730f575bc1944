/** TODO-PACKAGE dev.attune.launcher.cli.jobs */
@NullMarked
package dev.attune.launcher.cli.jobs;

import org.jspecify.annotations.NullMarked;
