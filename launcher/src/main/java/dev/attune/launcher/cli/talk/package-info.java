/** Commands that ask text models. */
@NullMarked
package dev.attune.launcher.cli.talk;

import org.jspecify.annotations.NullMarked;
