@NullMarked
package dev.attune.launcher.cli.asking;

import org.jspecify.annotations.NullMarked;
