@NullMarked
package dev.attune.launcher.cli.text;

import org.jspecify.annotations.NullMarked;
