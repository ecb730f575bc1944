/** What a person types: lines, and Ctrl-C that stops work and not the process. */
@NullMarked
package dev.attune.launcher.console.keyboard;

import org.jspecify.annotations.NullMarked;
