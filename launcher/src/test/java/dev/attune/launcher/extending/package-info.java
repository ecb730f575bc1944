/** The examples of docs/extending, compiled and run. */
@NullMarked
package dev.attune.launcher.extending;

import org.jspecify.annotations.NullMarked;
