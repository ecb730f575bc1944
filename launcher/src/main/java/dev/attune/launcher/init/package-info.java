/** The command init: files to start from. */
@NullMarked
package dev.attune.launcher.init;

import org.jspecify.annotations.NullMarked;
